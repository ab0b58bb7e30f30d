import type { Recording } from '../../usage/recording.js';
import { grouped, isInFigure, type Share, shareOf } from './share.js';
import type { ReadTrace } from './trace.js';

/** What one recording holds of the selection: what is in the figure, and what is not, as another view of it is read. */
export interface RecordingShare extends Recording, Share {
  readonly leftOut: Share;
}

/** By recording, in the order of the traces. */
export const recordingShares = (parts: readonly ReadTrace[]): RecordingShare[] =>
  grouped(parts, ({ trace: { recording } }) => JSON.stringify(Object.values(recording))).map((group) => {
    const { role, source, account } = group[0]!.trace.recording;
    return {
      ...{ role, source, account },
      ...shareOf(group),
      leftOut: shareOf(group.filter((part) => !isInFigure(part)).map(asIfRead)),
    };
  });

const asIfRead = ({ trace }: ReadTrace): ReadTrace => ({ trace, reading: { tokens: true, money: true } });
