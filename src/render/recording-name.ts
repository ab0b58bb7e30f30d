import type { Recording } from '../usage/recording.js';

/** A recording in sentences: `gateway higress of account alibaba`. */
export const recordingName = ({ role, source, account }: Recording): string =>
  `${role} ${source} of account ${account}`;
