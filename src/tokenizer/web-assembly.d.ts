/** The part of WebAssembly that `wasm-engine.ts` uses; the compiler knows it only as a part of the browser's library. */
declare namespace WebAssembly {
  const CompileError: ErrorConstructor;
  class Module {
    constructor(bytes: Uint8Array<ArrayBuffer>);
  }
  class Memory {
    constructor(pages: { readonly initial: number });
    readonly buffer: ArrayBuffer;
    grow(pages: number): number;
  }
  class Instance {
    constructor(module: Module, imports: Readonly<Record<string, Readonly<Record<string, unknown>>>>);
    readonly exports: Readonly<Record<string, unknown>>;
  }
}
