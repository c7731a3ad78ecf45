// Which system and processor a native program or library was made for, read from its first bytes.

/** ELF `e_machine`, Mach-O `cputype` and the PE `Machine` of the two processors that there are packages for. */
const processors = {
  linux: { 62: 'x64', 183: 'arm64' },
  darwin: { 16777223: 'x64', 16777228: 'arm64' },
  win32: { 34404: 'x64', 43620: 'arm64' },
};

/** The target, as VS Code names it: `linux-x64`; `win32-unknown` for another processor; undefined for what is no native program. */
export function machineOf(bytes) {
  const found = read(bytes);
  return found && `${found.system}-${processors[found.system][found.machine] ?? 'unknown'}`;
}

function read(bytes) {
  if (bytes.length < 64) return undefined;
  if (bytes.readUInt32BE(0) === 0x7f454c46) return { system: 'linux', machine: bytes.readUInt16LE(18) };
  if (bytes.readUInt32LE(0) === 0xfeedfacf) return { system: 'darwin', machine: bytes.readUInt32LE(4) };
  // For several processors at once: none of ours is, and it would be twice as large as needed.
  if (bytes.readUInt32BE(0) === 0xcafebabe) return { system: 'darwin', machine: 0 };
  if (bytes.toString('latin1', 0, 2) !== 'MZ') return undefined;
  const header = bytes.readUInt32LE(0x3c);
  if (header + 6 > bytes.length || bytes.toString('latin1', header, header + 4) !== 'PE\0\0') return undefined;
  return { system: 'win32', machine: bytes.readUInt16LE(header + 4) };
}
