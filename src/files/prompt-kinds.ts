/** Files that are sent to models, by what they are, told by their names: what `init` looks for. */

export interface PromptKind {
  /** Name of the budget that is made of them. */
  readonly name: string;
  /** Globs relative to the project; each is kept that matches something. */
  readonly globs: readonly string[];
}

const TEXTS = '{md,mdx,txt,prompt,j2,jinja,jinja2,liquid,mustache,hbs,xml}';

export const PROMPT_KINDS: readonly PromptKind[] = [
  {
    name: 'prompts',
    globs: [
      `**/prompts/**/*.${TEXTS}`,
      '**/*.prompt.{md,txt,yml,yaml}',
      '**/*.{prompt,prompty}',
      '**/system-prompt*.{md,txt}',
      '**/system_prompt*.{md,txt}',
    ],
  },
  {
    // What an agent reads at the start of a session. Source: the documentation of each agent, 2026-11.
    name: 'agent instructions',
    globs: [
      '**/AGENTS.md',
      '**/AGENT.md', // Amp
      '**/CLAUDE.md',
      '**/GEMINI.md',
      '**/QWEN.md',
      '**/CRUSH.md',
      '**/WARP.md',
      '**/.cursorrules',
      '**/.cursor/rules/**/*.{md,mdc}',
      '**/.windsurfrules',
      '**/.windsurf/rules/**/*.md',
      '**/.clinerules',
      '**/.clinerules/**/*.{md,txt}',
      '**/.roorules',
      '**/.roo/rules*/**/*.{md,txt}',
      '**/.kilocode/rules/**/*.md',
      '**/.augment/rules/**/*.md',
      '**/.amazonq/rules/**/*.md',
      '**/.kiro/steering/**/*.md',
      '**/.trae/rules/**/*.md',
      '**/.junie/guidelines.md',
      '**/.idx/airules.md',
      '**/.openhands/microagents/**/*.md',
      '**/.goosehints',
      '.github/copilot-instructions.md',
      '.github/instructions/**/*.instructions.md',
    ],
  },
  {
    // What an agent reads when it is asked for.
    name: 'agent skills and commands',
    globs: [
      '**/SKILL.md',
      '**/.claude/{agents,commands}/**/*.md',
      '**/.cursor/commands/**/*.md',
      '**/.gemini/commands/**/*.toml',
      '**/.qwen/commands/**/*.{md,toml}',
      '**/.opencode/{agent,agents,command,commands}/**/*.md',
      '.github/{agents,chatmodes}/**/*.md',
    ],
  },
];
