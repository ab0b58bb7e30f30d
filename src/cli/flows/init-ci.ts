/** The jobs of CI that `init` writes or prints: the files of docs/ci/, as they are. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../files/package-root.js';
import type { Found } from './init-found.js';

interface CiJob {
  readonly name: string;
  /** Where it belongs, relative to the project. */
  readonly file: string;
  readonly text: string;
  /** What is left to do by hand; `null`: nothing. */
  readonly rest: string | null;
}

const JOBS: Readonly<Record<Found['ci'][number], Omit<CiJob, 'text'> & { readonly source: string }>> = {
  github: { name: 'GitHub Actions', source: 'github.yml', file: '.github/workflows/tokenhub.yml', rest: null },
  gitlab: {
    name: 'GitLab CI',
    source: 'gitlab.yml',
    file: '.gitlab/tokenhub.yml',
    rest: 'include it in .gitlab-ci.yml, as its first lines say',
  },
  'pre-commit': {
    name: 'pre-commit',
    source: 'pre-commit-config.yaml',
    file: '.pre-commit-config.yaml',
    rest: null,
  },
};

export function ciJob(ci: Found['ci'][number]): CiJob {
  const { source, ...job } = JOBS[ci];
  return { ...job, text: readFileSync(join(packageRoot(), 'docs', 'ci', source), 'utf8') };
}
