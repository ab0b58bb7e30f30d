/** As the header says it; not yet checked. */
export interface Dimensions {
  readonly width: number;
  readonly height: number;
}

/** An image turned by a quarter is shown with its sides swapped, and so do providers see it. */
export const turned = ({ width, height }: Dimensions): Dimensions => ({ width: height, height: width });

/** Orientations of EXIF that lie on their side. Source: CIPA DC-008, tag 274. */
export const liesOnSide = (orientation: number | null): boolean =>
  orientation !== null && orientation >= 5 && orientation <= 8;
