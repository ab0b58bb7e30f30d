import { dirname } from 'node:path';
import { noModelNamed } from '../../errors/models.js';
import { ExitCode, type Place, placeText, TokenhubError } from '../../errors/tokenhub-error.js';
import { countRequest } from '../../files/count-request.js';
import { encodingTitle } from '../../files/encoding-ref.js';
import { addTo, messageImages, uncountedParts } from '../../files/message-images.js';
import { parseRequests, type RequestValue } from '../../files/parse-requests.js';
import { counted } from '../../render/counted.js';
import { messagesSheet } from '../../render/messages-sheet.js';
import { visible } from '../../render/visible.js';
import { chatFormatFor } from '../../tokenizer/chat/formats.js';
import { readRequest } from '../../tokenizer/chat/read-request.js';
import type { ChatRequest } from '../../tokenizer/chat/request.js';
import type { Io } from '../io.js';
import { outputTargets, present } from '../output.js';
import { progressOn } from '../progress.js';
import { warn } from '../say.js';
import { askedPaths } from './asked-paths.js';
import type { ApartOptions } from './count-apart-options.js';
import { inputsOf, type SkippedInput } from './count-inputs.js';
import { printTotals } from './count-outcome.js';
import { type Counter, countersOf } from './counters.js';
import { envelope } from './envelope.js';
import { type InputText, inputTexts } from './input-texts.js';
import { addRequest, type MessageCount, messageCount, type Tally } from './message-tally.js';

interface Rejected {
  readonly path: string;
  readonly error: TokenhubError;
}

/** All that a run gathers. */
interface Gathered {
  readonly tallies: Map<string, Tally>;
  readonly rejected: Rejected[];
  readonly skipped: SkippedInput[];
}

/** Counts messages, tools and images of requests, each by the chat format of its model. */
export async function countMessagesFlow(io: Io, paths: readonly string[], options: ApartOptions): Promise<ExitCode> {
  outputTargets(io, options);
  const asked = isAsked(options) ? countersOf(options, io.cwd) : null;
  const gathered: Gathered = { tallies: new Map(), rejected: [], skipped: [] };
  const progress = progressOn(io);
  const inputs = await inputsOf(io, await askedPaths(io, paths, options.filesFrom), options);
  for (const each of inputTexts(inputs)) {
    progress.show(() => visible(each.path));
    if ('reason' in each) gathered.skipped.push(each);
    else countFile(io, each, asked, options, gathered);
  }
  progress.clear();
  return answer(io, options, gathered);
}

const isAsked = ({ model = [], encoding = [], encodingFile = [] }: ApartOptions): boolean =>
  model.length + encoding.length + encodingFile.length > 0;

function countFile(
  io: Io,
  file: InputText,
  asked: Counter[] | null,
  { detail, assumeImage }: ApartOptions,
  { tallies, rejected }: Gathered,
): void {
  const { isMany, values } = parseRequests(new TextDecoder().decode(file.utf8));
  const folder = file.absolute === null ? io.cwd : dirname(file.absolute);
  const images = messageImages(folder, { detail, size: assumeImage });
  const uncounted = new Map<string, number>();
  for (const value of values) {
    try {
      const request = requestOf(value);
      for (const counter of asked ?? [counterOf(request, io.cwd)]) {
        const count = countRequest(request, counter, { images, surroundings: io });
        addRequest(tallyOf(tallies, counter), { ...file, line: value.line, isOneOfMany: isMany }, count);
      }
      for (const [what, times] of uncountedParts(request)) addTo(uncounted, what, times);
    } catch (cause) {
      rejected.push({ path: file.path, error: mistakeIn(cause, file.path, value.line) });
    }
  }
  for (const [what, times] of [...images.reasons, ...uncounted])
    warn(io, `${file.path}: ${counted(BigInt(times), 'part')} not counted: ${what}`);
}

/** What the user can mend in one request; anything else ends the run. */
function mistakeIn(cause: unknown, file: string, line: number): TokenhubError {
  if (cause instanceof TokenhubError && cause.exitCode === ExitCode.userError) return cause.at({ file, line });
  throw cause;
}

function requestOf(value: RequestValue): ChatRequest {
  if ('error' in value) throw value.error;
  return readRequest(value.value);
}

/** The model the request itself names. */
function counterOf({ model }: ChatRequest, cwd: string): Counter {
  if (model === null) throw noModelNamed('messages').movedTo({ field: 'model' });
  try {
    return countersOf({ model: [model] }, cwd)[0]!;
  } catch (cause) {
    throw cause instanceof TokenhubError ? cause.movedTo({ field: 'model' }) : cause;
  }
}

function tallyOf(tallies: Map<string, Tally>, counter: Counter): Tally {
  const name = counter.model ?? encodingTitle(counter.encoding);
  const known = tallies.get(name);
  if (known !== undefined) return known;
  const format = chatFormatFor({ model: counter.model, encoding: encodingTitle(counter.encoding) }).name;
  const tally: Tally = { counter, format, rows: [], doubts: new Set(), files: new Map(), requests: 0 };
  tallies.set(name, tally);
  return tally;
}

export interface MessagesBody {
  readonly counts: readonly MessageCount[];
  readonly skipped: readonly Omit<SkippedInput, 'isNamed'>[];
  readonly rejected: readonly (Place & { readonly message: string })[];
  readonly notes: readonly never[];
}

/** Prints what was counted. Nothing counted at all: the first error is the answer. */
async function answer(io: Io, options: ApartOptions, { tallies, rejected, skipped }: Gathered): Promise<ExitCode> {
  const counts = [...tallies.values()].map(messageCount);
  if (counts.length === 0 && rejected.length > 0) throw rejected[0]!.error;
  for (const { path, reason } of skipped) warn(io, `${path}: skipped, ${reason}`);
  warnOfRejected(io, rejected);
  if (options.totalOnly)
    printTotals(
      io,
      counts,
      counts.map(({ total }) => total.tokens),
    );
  else {
    const refused = rejected.map(({ error }) => ({ ...error.place, message: error.message }));
    const left = skipped.map(({ path, reason }) => ({ path, reason }));
    await presentMessages(io, options, { counts, skipped: left, rejected: refused, notes: [] });
  }
  if (counts.some(({ complete }) => !complete)) warn(io, INCOMPLETE);
  if (rejected.length > 0 || skipped.some(({ isNamed }) => isNamed)) return ExitCode.userError;
  return counts.every(({ complete }) => complete) ? ExitCode.ok : ExitCode.noHonestAnswer;
}

/** Rejected requests named one by one; JSON output has them all. */
const NAMED = 20;

function warnOfRejected(io: Io, rejected: readonly Rejected[]): void {
  for (const { error } of rejected.slice(0, NAMED))
    warn(io, `${placeText(error.place)}: ${error.message}; ${error.hint}`);
  const more = rejected.length - NAMED;
  if (more > 0) warn(io, `${counted(BigInt(more), 'more request')} could not be read; --json lists them all`);
}

const INCOMPLETE = 'the total is not complete; to assume a size for images: --assume-image 1024x1024';

const presentMessages = (io: Io, options: ApartOptions, body: MessagesBody): Promise<void> =>
  present(io, options, {
    body: () => envelope('count', body),
    rows: () => body.counts.flatMap(({ model, encoding, rows }) => rows.map((row) => ({ model, encoding, ...row }))),
    sheet: () => messagesSheet(body.counts),
  });
