/** Where configs are read from: the work tree, or a commit. */
export interface ConfigFiles {
  /** Whether a file is at an absolute path. */
  readonly has: (path: string) => boolean;
  /** Whether the search upwards ends with this folder. */
  readonly isTop: (folder: string) => boolean;
  /**
   * @param shown  as messages call it
   * @returns      `null`: there is no such file
   * @throws FILE_UNREADABLE, BAD_CONFIG
   */
  readonly text: (path: string, shown: string) => Promise<string | null>;
  /** The files a path or a glob names. */
  readonly named: (typed: string, folder: string) => Promise<NamedConfigs>;
  /** An absolute path freed of links: two that are alike are one file. */
  readonly real: (path: string) => string;
  /** A path as messages call it. */
  readonly called: (shown: string) => string;
}

/** Absolute paths, sorted; an empty list: a glob that matches nothing. */
export type NamedConfigs =
  | { readonly paths: readonly string[]; readonly hidden: readonly HiddenConfig[] }
  | { readonly problem: 'missing' | 'folder' };

/** What a glob would match if it looked behind links and into submodules; all absolute. */
export interface HiddenConfig {
  /** The link or submodule. */
  readonly behind: string;
  /** The config by its name there. */
  readonly name: string;
  /** Where it is. */
  readonly real: string;
}

/** Of what a glob matches, what installed packages bring is nobody's own. */
export const isInstalled = (path: string): boolean => /[\\/]node_modules[\\/]/.test(path);
