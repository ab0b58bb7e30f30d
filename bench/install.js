import { spawnSync } from 'node:child_process';

/**
 * Installs packages for the bench alone, by npm, without their scripts.
 * @param folder    below which node_modules appears; what was installed there under other names may go
 * @param packages  `name@version` of each
 * @throws          when npm cannot: without peers there is nothing to compare
 */
export function install(folder, packages) {
  console.log(`Installing ${packages.join(', ')} for this bench, once`);
  const options = ['--no-save', '--no-audit', '--no-fund', '--ignore-scripts'];
  const { status } = spawnSync('npm', ['install', '--prefix', folder, ...options, ...packages], { stdio: 'inherit' });
  if (status !== 0) throw new Error(`npm could not install ${packages.join(', ')}: see above`);
}
