/** Rules by project over the made-up usage log: 20 units of 10 projects each, and what they are changed to. */

const UNITS = Array.from({ length: 20 }, (_, i) => i);
const project = (i) => `project-${String(i).padStart(3, '0')}`;
const projectsOf = (unit) => UNITS.slice(0, 10).map((i) => project(unit + 20 * i));

const ruleOf = (unit, projects) => `  - { unit: unit-${unit}, project: [${projects.join(', ')}] }`;

const byProject = (unitOf) => UNITS.map((unit) => ruleOf(unitOf(unit), projectsOf(unit)));

export const FIRST = byProject((unit) => unit);

export const CHANGES = [
  { name: 'a rule before the others', rules: [ruleOf(0, [1, 2, 3, 4, 5, 6].map(project)), ...FIRST] },
  { name: 'every unit another one', rules: byProject((unit) => (unit + 1) % 20) },
  {
    name: 'every unit split over all others',
    rules: UNITS.map((unit) =>
      ruleOf(
        (unit + 1) % 20,
        [...UNITS.slice(0, 10)].map((i) => project(((unit + i) % 20) + 20 * i)),
      ),
    ),
  },
];

export const configOf = (rules) =>
  `units:\n${UNITS.map((unit) => `  unit-${unit}: {}`).join('\n')}\nrules:\n${rules.join('\n')}\n`;
