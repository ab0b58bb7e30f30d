import { regionalProvider } from '../providers.js';

/** Regions of mainland China as bills name them; Hong Kong has the prices of the international list. */
const MAINLAND = /^(?:华北|华东|华南|华中|西南|西北|东北)|^China \((?!Hong Kong)/i;

/**
 * Alibaba, with the price list of a region, which bills state as a code (`cn-beijing`, `ap-southeast-1`) or by its name
 * (`华北2（北京）`, `China (Beijing)`, `新加坡`).
 */
export function billProvider(region: string | null): string {
  if (region === null) return 'alibaba';
  return regionalProvider('alibaba', MAINLAND.test(region) ? 'cn' : region);
}
