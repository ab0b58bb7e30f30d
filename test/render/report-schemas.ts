/** Validators of what a check writes for other programs, each against the schema those publish. */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import Ajv from 'ajv';
import { validateXML } from 'xmllint-wasm';

const require = createRequire(import.meta.url);
const jsonOf = (file: string) => JSON.parse(readFileSync(file, 'utf8'));

const draft04 = new Ajv({ schemaId: 'id', meta: false, logger: false });
draft04.addMetaSchema(jsonOf(require.resolve('ajv/lib/refs/json-schema-draft-04.json')));
const draft07 = new Ajv();

/** `[]`: it is valid. */
type Problems = readonly string[];

const problemsOf = (ajv: Ajv.Ajv, schema: object): ((value: unknown) => Problems) => {
  const validate = ajv.compile(schema);
  return (value) =>
    validate(value) ? [] : validate.errors!.map(({ dataPath, message }) => `${dataPath} ${message}`.trim());
};

/** The schema of SARIF 2.1.0 as published (rtm.5), which `@microsoft/jest-sarif` ships. */
export const sarifProblems = problemsOf(
  draft04,
  jsonOf(require.resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json')),
);

export const checkJsonProblems = problemsOf(
  draft07,
  jsonOf(resolve(import.meta.dirname, '../../docs/schemas/check.v1.json')),
);

/** GitLab Docs, "Code Quality", section "Code Quality report format": all five are required. No package ships a schema. */
const gitlabShape = problemsOf(draft07, {
  type: 'array',
  items: {
    type: 'object',
    required: ['description', 'check_name', 'fingerprint', 'severity', 'location'],
    additionalProperties: false,
    properties: {
      description: { type: 'string', minLength: 1 },
      check_name: { type: 'string', minLength: 1 },
      fingerprint: { type: 'string', minLength: 1 },
      severity: { enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
      location: {
        type: 'object',
        required: ['path', 'lines'],
        additionalProperties: false,
        properties: {
          path: { type: 'string', minLength: 1, not: { pattern: '^(\\./|/|\\.\\./)' } },
          lines: {
            type: 'object',
            required: ['begin'],
            additionalProperties: false,
            properties: { begin: { type: 'integer', minimum: 1 } },
          },
        },
      },
    },
  },
});

/** Its shape, and that no two fingerprints are alike, as GitLab drops the second. */
export function gitlabProblems(value: unknown): Problems {
  const shape = gitlabShape(value);
  if (shape.length > 0) return shape;
  const fingerprints = (value as readonly { fingerprint: string }[]).map(({ fingerprint }) => fingerprint);
  return new Set(fingerprints).size === fingerprints.length ? [] : ['two fingerprints are alike'];
}

const JUNIT = readFileSync(resolve(import.meta.dirname, 'schemas/jenkins-junit.xsd'), 'utf8');

/** Whether they are well-formed XML, and what the schema that Jenkins reads JUnit by says; all of them at once. */
export async function junitProblems(...documents: readonly string[]): Promise<Problems> {
  const xml = documents.map((contents, i) => ({ fileName: `report-${i}.xml`, contents }));
  const { errors } = await validateXML({ xml, schema: JUNIT });
  return errors.map(({ message }) => message);
}
