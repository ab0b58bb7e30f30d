import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodingMissing } from '../errors/models.js';
import { packageRoot } from './package-root.js';

let compiled: WebAssembly.Module | null | undefined;

/**
 * The compiled engine, one for the process; `null` where the script engine is to be used: `TOKENHUB_ENGINE=script`, or a
 * Node that cannot run WebAssembly (`--jitless`). Both give the same counts.
 * @throws ENCODING_MISSING when it was not built
 */
export function engineModule(): WebAssembly.Module | null {
  if (compiled === undefined)
    compiled =
      process.env.TOKENHUB_ENGINE === 'script' || typeof WebAssembly === 'undefined' ? null : compile(readEngine());
  return compiled;
}

/** `null` where the processor lacks what the engine needs: SIMD. */
function compile(bytes: Uint8Array<ArrayBuffer>): WebAssembly.Module | null {
  try {
    return new WebAssembly.Module(bytes);
  } catch (cause) {
    if (cause instanceof WebAssembly.CompileError) return null;
    throw cause;
  }
}

function readEngine(): Uint8Array<ArrayBuffer> {
  const file = join(packageRoot(), 'dist', 'tokenizer.wasm');
  try {
    return new Uint8Array(readFileSync(file));
  } catch (cause) {
    throw encodingMissing(file, cause);
  }
}
