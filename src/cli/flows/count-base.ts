import { ExitCode } from '../../errors.js';
import type { Io } from '../io.js';
import type { CountOptions } from './count.js';
export async function countBaseFlow(_io: Io, _paths: readonly string[], _options: CountOptions): Promise<ExitCode> {
  return ExitCode.ok;
}
