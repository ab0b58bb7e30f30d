/** What is sent to a model, whatever API it is written for: messages, tools, images. */

import type { ImageOptions } from '../images/image-formula.js';

/** Which API a request is written for; `messages`: an array of messages alone; `tools`: of tools, which are no request yet. */
export type RequestShape = 'messages' | 'tools' | 'openai' | 'responses' | 'anthropic' | 'dashscope' | 'gemini';

export interface ChatRequest {
  readonly shape: RequestShape;
  /** `null`: the request names none. */
  readonly model: string | null;
  readonly messages: readonly ChatMessage[];
  readonly tools: readonly ChatTool[];
  /** `forced`: some tool must be called. */
  readonly toolChoice: 'auto' | 'forced' | 'none';
  /** JSON schema that the answer must keep; `null`: none. */
  readonly answerSchema: unknown;
  /** Whether the model may think first; `null`: not said. */
  readonly thinking: boolean | null;
}

export interface ChatMessage {
  readonly role: string;
  readonly name: string | null;
  readonly parts: readonly Part[];
  /** What the model thought before this answer; `null`: not given. */
  readonly reasoning: string | null;
  readonly calls: readonly ToolCall[];
}

export type Part = TextPart | ImagePart | UncountedPart;

interface TextPart {
  readonly kind: 'text';
  readonly text: string;
}

export interface ImagePart {
  readonly kind: 'image';
  readonly source: ImageSource;
  readonly options: ImageOptions;
}

/** Sound, video, files, and whatever else there is no rule for. */
interface UncountedPart {
  readonly kind: 'uncounted';
  /** Its type as the request says it; never its content. */
  readonly what: string;
}

export type ImageSource =
  | { readonly kind: 'base64'; readonly text: string }
  | { readonly kind: 'file'; readonly path: string }
  /** Of an image elsewhere, which is never fetched. */
  | { readonly kind: 'remote' };

export interface ToolCall {
  readonly name: string;
  /** Text as the model wrote it, or the value it stands for. */
  readonly arguments: unknown;
}

export interface ChatTool {
  readonly name: string;
  readonly description: string;
  /** JSON schema. */
  readonly parameters: unknown;
  /** The tool as the request has it. */
  readonly json: unknown;
}

export const textOf = ({ parts }: ChatMessage): string =>
  parts.map((part) => (part.kind === 'text' ? part.text : '')).join('');
