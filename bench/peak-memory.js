import { existsSync, readFileSync } from 'node:fs';

const STATUS = '/proc/self/status';

/**
 * Peak resident memory of this process, in megabytes.
 * Linux: VmHWM, because `maxRSS` there begins with the memory of the process that forked this one.
 */
export function peakMemory() {
  const kibibytes = existsSync(STATUS)
    ? Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync(STATUS, 'utf8'))[1])
    : process.resourceUsage().maxRSS;
  return (kibibytes * 1024) / 1e6;
}
