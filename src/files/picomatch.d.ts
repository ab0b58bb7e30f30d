/** The part of picomatch that `glob.ts` uses; the package has no types of its own. */
declare module 'picomatch' {
  interface Options {
    readonly dot: boolean;
    readonly posix: boolean;
    /** Of the regular expression. */
    readonly flags: string;
  }
  namespace picomatch {
    function scan(text: string): { readonly isGlob: boolean; readonly negated: boolean };
    function makeRe(glob: string, options: Options): RegExp;
  }
  export = picomatch;
}
