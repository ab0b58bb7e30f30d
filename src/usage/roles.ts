import { unknownRole } from '../errors/usage-files.js';
import { nearest } from '../nearest.js';
import type { Role, Stage } from './event.js';

/** All stages, in the order of the supply chain. */
export const STAGES = ['create', 'transport', 'apply'] as const satisfies readonly Stage[];

const STAGE_OF: Readonly<Record<Role, Stage>> = {
  engine: 'create',
  gateway: 'transport',
  meter: 'transport',
  bill: 'transport',
  app: 'apply',
};

/** All roles, in the order of the supply chain. */
export const ROLES: readonly Role[] = ['engine', 'gateway', 'meter', 'bill', 'app'];

/** The stage a recording of this role belongs to. */
export const stageOf = (role: Role): Stage => STAGE_OF[role];

/** The role a user named. Throws UNKNOWN_ROLE with the nearest name. */
export function parseRole(text: string): Role {
  const role = ROLES.find((known) => known === text.trim().toLowerCase());
  if (role === undefined) throw unknownRole(text, nearest(text, ROLES), ROLES);
  return role;
}
