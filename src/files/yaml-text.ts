/** YAML, and JSON, which is YAML, read so that hostile text is refused before it can exhaust the stack. */

import {
  Composer,
  type CST,
  type Document,
  isMap,
  isNode,
  isScalar,
  Lexer,
  LineCounter,
  type Node,
  Parser,
  type Scalar,
  visit,
  type YAMLParseError,
  type YAMLWarning,
} from 'yaml';
import { badConfig } from '../errors/config.js';
import type { Place, TokenhubError } from '../errors/tokenhub-error.js';

/** Levels of nesting; the parser, which recurses, brings the process down at some thousands. */
const DEEPEST_YAML = 100;
const MOST_ALIASES = 100;

export interface YamlText {
  /** Plain values. A number is the text it was written as, so that no digit and no leading zero is lost. */
  readonly value: unknown;
  /** Line, from 1, of what a path leads to, or of the nearest thing above it that exists. */
  readonly lineOf: (path: readonly PropertyKey[]) => number;
  /** Line of the key itself. */
  readonly lineOfKey: (path: readonly PropertyKey[], key: string) => number;
}

/**
 * @param file  as messages call it
 * @throws BAD_CONFIG at file and line when the text is no YAML, names a key twice, or is nested too deeply
 */
export function readYaml(text: string, file: string): YamlText {
  const counter = new LineCounter();
  const [document, second] = documentsIn(text, counter, file);
  if (document === undefined) throw new RangeError('a composer gives a document for every text');
  const [problem] = [...document.errors, ...document.warnings];
  if (problem !== undefined) throw yamlProblem(problem, { file, line: counter.linePos(problem.pos[0]).line });
  if (second !== undefined) throw secondDocument({ file, line: counter.linePos(second.range[0]).line });
  const lineAt = (node: Node | null | undefined): number | null =>
    node?.range ? counter.linePos(node.range[0]).line : null;
  visit(document, {
    Scalar(_, node) {
      if (typeof node.value === 'number' || typeof node.value === 'bigint') node.value = node.source;
    },
    Pair(_, { key }) {
      if (!isScalar(key) || key.value !== '__proto__') return;
      throw badConfig({ file, line: lineAt(key as Node) ?? 1 }, 'a key may not be __proto__', 'choose another name');
    },
  });
  const lineOf = (path: readonly PropertyKey[]): number => {
    const node = path.length === 0 ? document.contents : document.getIn(path, true);
    return (isNode(node) ? lineAt(node) : null) ?? (path.length === 0 ? 1 : lineOf(path.slice(0, -1)));
  };
  const lineOfKey = (path: readonly PropertyKey[], key: string): number => {
    const map = path.length === 0 ? document.contents : document.getIn(path, true);
    const keys = isMap(map) ? map.items.map((pair) => pair.key) : [];
    return lineAt(keys.find((node): node is Scalar => isScalar(node) && String(node.value) === key)) ?? lineOf(path);
  };
  return { value: toPlain(document, file), lineOf, lineOfKey };
}

/**
 * What `parseDocument` reads, composed from tokens whose depth is seen first.
 * @throws BAD_CONFIG
 */
function documentsIn(text: string, counter: LineCounter, file: string): readonly Document.Parsed[] {
  return [...new Composer({ prettyErrors: false }).compose(shallowTokens(text, counter, file), true, text.length)];
}

function* shallowTokens(text: string, counter: LineCounter, file: string): Generator<CST.Token> {
  const parser = new Parser(counter.addNewLine);
  counter.addNewLine(0);
  for (const lexeme of new Lexer().lex(text)) {
    yield* parser.next(lexeme);
    if (parser.stack.length > DEEPEST_YAML)
      throw badConfig(
        { file },
        `is nested more than ${DEEPEST_YAML} levels deep`,
        'write a config as the guide describes it',
      );
  }
  yield* parser.end();
}

const secondDocument = (place: Place): TokenhubError =>
  badConfig(place, 'a second document begins here', 'remove the line of dashes');

function yamlProblem(problem: YAMLParseError | YAMLWarning, place: Place): TokenhubError {
  if (problem.code === 'DUPLICATE_KEY')
    return badConfig(place, 'the key is there twice', 'keep one of the two', problem);
  return badConfig(place, lowerFirst(problem.message), 'mend the YAML on or above this line', problem);
}

function toPlain(document: Document, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: MOST_ALIASES });
  } catch (cause) {
    throw badConfig(
      { file },
      lowerFirst((cause as Error).message),
      'write the values out instead of using aliases',
      cause,
    );
  }
}

/**
 * True when YAML is nested more than `DEEPEST_YAML` levels deep, which it must not be to be parsed: `parseDocument`
 * recurses, and at some thousand levels it ends the process. The parser below it does not; its stack tells the depth.
 */
export function isDeepYaml(text: string): boolean {
  const parser = new Parser();
  for (const lexeme of new Lexer().lex(text)) {
    for (const _ of parser.next(lexeme));
    if (parser.stack.length > DEEPEST_YAML) return true;
  }
  return false;
}

const lowerFirst = (message: string): string => message.charAt(0).toLowerCase() + message.slice(1);
