/** Headers of images, written out by hand; no pixels follow them. */

const be16 = (n: number) => [(n >> 8) & 255, n & 255];
const be32 = (n: number) => [(n >>> 24) & 255, (n >>> 16) & 255, (n >>> 8) & 255, n & 255];
const le16 = (n: number) => be16(n).reverse();
const le24 = (n: number) => be32(n).reverse().slice(0, 3);
const le32 = (n: number) => be32(n).reverse();
const text = (value: string) => [...Buffer.from(value, 'latin1')];
const zeros = (n: number) => new Array<number>(n).fill(0);
const bytes = (...parts: number[][]): Uint8Array => Uint8Array.from(parts.flat());

export const png = (width: number, height: number): Uint8Array =>
  bytes(text('\x89PNG\r\n\x1a\n'), be32(13), text('IHDR'), be32(width), be32(height), [8, 2, 0, 0, 0]);

export const gif = (width: number, height: number): Uint8Array =>
  bytes(text('GIF89a'), le16(width), le16(height), [0, 0, 0]);

/** `height` may be negative. */
export const bmp = (width: number, height: number): Uint8Array =>
  bytes(text('BM'), le32(100), zeros(4), le32(54), le32(40), le32(width), le32(height), zeros(4));

/** A TIFF file, or an EXIF block, of the tags given. */
export const tiff = (tags: Readonly<Record<number, number>>): Uint8Array => {
  const entries = Object.entries(tags).map(([tag, value]) => [
    ...be16(Number(tag)),
    ...be16(3),
    ...be32(1),
    ...be16(value),
    0,
    0,
  ]);
  return bytes(text('MM\0*'), be32(8), be16(entries.length), ...entries);
};

const segment = (marker: number, content: Uint8Array | number[]) => [
  0xff,
  marker,
  ...be16(content.length + 2),
  ...content,
];
const exif = (orientation: number) => segment(0xe1, bytes(text('Exif\0\0'), [...tiff({ 274: orientation })]));

/** `comments`: bytes of comment segments before the frame. */
export const jpeg = (
  width: number,
  height: number,
  { orientation = 1, comments = 0, marker = 0xc0 }: { orientation?: number; comments?: number; marker?: number } = {},
): Uint8Array =>
  bytes(
    [0xff, 0xd8],
    segment(0xe0, [...text('JFIF\0'), ...zeros(9)]),
    exif(orientation),
    ...new Array<number[]>(Math.ceil(comments / 60_000)).fill(segment(0xfe, zeros(60_000))),
    segment(marker, [8, ...be16(height), ...be16(width), 3]),
  );

const riff = (kind: string, content: number[]) =>
  bytes(text('RIFF'), le32(content.length + 12), text(`WEBP${kind}`), le32(content.length), content);

export const webpLossy = (width: number, height: number): Uint8Array =>
  riff('VP8 ', [0, 0, 0, 0x9d, 0x01, 0x2a, ...le16(width), ...le16(height)]);
export const webpLossless = (width: number, height: number): Uint8Array =>
  riff('VP8L', [0x2f, ...le32((width - 1) | ((height - 1) << 14))]);
export const webpExtended = (width: number, height: number): Uint8Array =>
  riff('VP8X', [0x10, 0, 0, 0, ...le24(width - 1), ...le24(height - 1)]);

export const box = (kind: string, ...content: (number[] | Uint8Array)[]): number[] => {
  const inside = content.flatMap((part) => [...part]);
  return [...be32(inside.length + 8), ...text(kind), ...inside];
};
const ispe = ([width, height]: readonly [number, number]) => box('ispe', zeros(4), be32(width), be32(height));

/** `sizes`: of the image and its thumbnails or tiles; `angle`: quarters to turn. */
export const heic = (sizes: readonly (readonly [number, number])[], { brand = 'heic', angle = 0 } = {}): Uint8Array =>
  bytes(
    box('ftyp', text(brand), zeros(4)),
    box('meta', zeros(4), box('hdlr', zeros(20)), box('iprp', box('ipco', ...sizes.map(ispe), box('irot', [angle])))),
  );
