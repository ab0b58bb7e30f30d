/** Tools of a request, and lists of tools by themselves. */

import { isRecord, type JsonRecord } from '../json-record.js';
import { objectAt, textOr } from './json-fields.js';
import type { ChatTool } from './request.js';

/** OpenAI Chat wraps a function; Responses, Anthropic and MCP do not. */
export function readTool(value: unknown, field: string): ChatTool {
  const tool = objectAt(value, field);
  const declared = isRecord(tool.function) ? tool.function : tool;
  const name = textOr(declared.name ?? tool.type, `${field}.name`, '');
  const description = textOr(declared.description, `${field}.description`, '');
  const parameters = declared.parameters ?? declared.input_schema ?? declared.inputSchema ?? null;
  return { name, description, parameters, json: isMcpTool(tool) ? sentAs(tool) : value };
}

const isMcpTool = (tool: JsonRecord): boolean => 'inputSchema' in tool && typeof tool.name === 'string';

/**
 * What a client sends of a tool of an MCP server, as a function: its name, its description and the schema of its input. The title,
 * the schema of its output, annotations and `_meta` are for the client.
 *
 * Source: Model Context Protocol, Specification 2025-06-18, Server features, Tools
 */
const sentAs = ({ name, description, inputSchema }: JsonRecord): JsonRecord => ({
  type: 'function',
  function: { name, ...(description === undefined ? {} : { description }), parameters: inputSchema },
});

/** Whether a value could be the declaration of a tool, and no message or item, told by its keys alone. */
export const isTool = (value: unknown): boolean =>
  isRecord(value) &&
  !('role' in value) &&
  (isRecord(value.function) ||
    ('name' in value && ['inputSchema', 'input_schema', 'parameters'].some((key) => key in value)));

/** Tools that an object lists, as `tools`, or in the `result` of an MCP server's answer; `null`: none. */
export function toolListIn({ tools, result }: JsonRecord): readonly unknown[] | null {
  if (Array.isArray(tools)) return tools;
  return isRecord(result) && Array.isArray(result.tools) ? result.tools : null;
}
