/**
 * What `estimate` compares when no model is named: current models of several providers, large and small, each with a
 * public or measured count and a list price at the time of writing (2026-11).
 */
export const ESTIMATED_MODELS: readonly string[] = [
  'gpt-5.6-sol',
  'gpt-5.6-luna',
  'gpt-4o',
  'claude-opus-5-5',
  'claude-sonnet-5',
  'claude-haiku-4-5',
  'gemini-3.1-pro-preview',
  'gemini-3.8-flash',
  'qwen3-max',
  'qwen3.5-plus',
  'qwen-flash',
  'deepseek-v4-pro',
  'mistral-large-2512',
];
