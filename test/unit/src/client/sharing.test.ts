import assert from 'node:assert/strict';
import path from 'node:path';
import {
  type Command,
  childEnv,
  folderFlaw,
  identityOf,
  ownOptions,
  pipeIn,
  readDescription,
  runtimeFolder,
} from '../../../../src/client/sharing';

describe('identityOf', () => {
  const command: Command = { module: '/e/server.js', args: ['--model=/m.gguf', '--threads=2'], execArgv: [] };
  const files = [
    { file: '/e/server.js', size: 1, mtimeMs: 2 },
    { file: '/m.gguf', size: 3, mtimeMs: 4 },
  ];
  const is = identityOf(command, files);

  it('is the same for the same, and short enough for the name of a file', () => {
    assert.equal(identityOf({ ...command }, structuredClone(files)), is);
    assert.match(is, /^[0-9a-f]{16}$/);
  });

  it('differs with the version, the model, and each option', () => {
    const others = [
      identityOf({ ...command, module: '/other/server.js' }, files),
      identityOf({ ...command, args: ['--model=/m.gguf', '--threads=3'] }, files),
      identityOf({ ...command, args: ['--model=/m.gguf --threads=2'] }, files),
      identityOf({ ...command, execArgv: ['--permission'] }, files),
      identityOf(command, files.toReversed()),
      ...files.flatMap((file) =>
        (['size', 'mtimeMs'] as const).map((key) =>
          identityOf(
            command,
            files.map((each) => (each === file ? { ...file, [key]: 9 } : each)),
          ),
        ),
      ),
    ];
    assert.equal(new Set([is, ...others]).size, others.length + 1);
  });
});

describe('runtimeFolder', () => {
  it('is in the folder that the system has for it, else in the temporary one', () => {
    assert.equal(runtimeFolder({ XDG_RUNTIME_DIR: '/run/user/7' }, '/tmp', 7), path.join('/run/user/7', 'minnow-7'));
    assert.equal(runtimeFolder({}, '/tmp', 7), path.join('/tmp', 'minnow-7'));
    assert.equal(runtimeFolder({ XDG_RUNTIME_DIR: '' }, '/tmp', 'ada'), path.join('/tmp', 'minnow-ada'));
    assert.equal(runtimeFolder({ XDG_RUNTIME_DIR: 'relative' }, '/tmp', 7), path.join('/tmp', 'minnow-7'));
  });
});

describe('folderFlaw', () => {
  const mine = { isDirectory: () => true, uid: 7, mode: 0o40700 };

  it('is none for a folder that is the user’s alone', () => {
    assert.equal(folderFlaw(mine, 7), undefined);
    assert.equal(folderFlaw({ ...mine, mode: 0o40777, uid: 0 }, undefined), undefined, 'Windows has no modes');
  });

  it('is told for one of another user, an open one, and what is no folder', () => {
    assert.match(folderFlaw({ ...mine, uid: 8 }, 7) ?? '', /another user/);
    for (const mode of [0o40701, 0o40710, 0o40750, 0o41777])
      assert.match(folderFlaw({ ...mine, mode }, 7) ?? '', /open to other/);
    assert.match(folderFlaw({ ...mine, isDirectory: () => false }, 7) ?? '', /no folder/);
    assert.match(folderFlaw({ ...mine, isDirectory: () => false }, undefined) ?? '', /no folder/);
  });
});

describe('pipeIn', () => {
  it('is a socket in the folder, or a named pipe', () => {
    assert.equal(pipeIn('/run/m', 'ab', 'linux'), path.join('/run/m', 'ab.sock'));
    assert.equal(pipeIn('C:\\anywhere', 'ab', 'win32'), '\\\\.\\pipe\\minnow-ab');
  });

  it('is none where the path has more bytes than the system takes', () => {
    const room = 103 - '/ab.sock'.length;
    assert.ok(pipeIn(`/${'x'.repeat(room - 1)}`, 'ab', 'darwin') !== undefined);
    assert.equal(pipeIn(`/${'x'.repeat(room)}`, 'ab', 'darwin'), undefined);
    assert.equal(pipeIn(`/${'ü'.repeat(room / 2 + 1)}`, 'ab', 'darwin'), undefined);
  });
});

describe('readDescription', () => {
  const right = { pid: 42, pipe: '/run/m/ab.sock', key: 'a'.repeat(64) };

  it('is what was written', () => {
    assert.deepEqual(readDescription(JSON.stringify({ ...right, more: 1 })), right);
  });

  it('is nothing for anything else', () => {
    const wrong = [
      { ...right, pid: 0 },
      { ...right, pid: -1 },
      { ...right, pid: 1 },
      { ...right, pid: '42' },
      { ...right, pid: 1.5 },
      { ...right, pipe: 7 },
      { ...right, key: `${'a'.repeat(63)}\n` },
      { pid: 42, pipe: 'x' },
      null,
      [],
      7,
    ];
    for (const each of wrong) assert.equal(readDescription(JSON.stringify(each)), undefined, JSON.stringify(each));
    for (const text of ['', '{', '{"pid": 42,', '\0']) assert.equal(readDescription(text), undefined);
  });
});

describe('ownOptions', () => {
  it('lets no process stand in the folder of a workspace, and gives it what the shared one has', () => {
    const command = { module: '/e/dist/server.js', args: [], execArgv: ['--permission'] };
    const { cwd, env, execArgv } = ownOptions(command, { NODE_OPTIONS: '-r evil' });
    assert.deepEqual([cwd, execArgv, env.NODE_OPTIONS], ['/e/dist', ['--permission'], undefined]);
  });
});

describe('childEnv', () => {
  it('leaves out what would make another program of the child, and keeps the rest', () => {
    const env = childEnv({
      PATH: '/bin',
      NODE_OPTIONS: '-r evil',
      NODE_V8_COVERAGE: '/tmp',
      VSCODE_IPC_HOOK: 'x',
      electron_run_as_node: '',
      LD_X: '1',
    });
    const has = Object.entries(env).filter(([, value]) => value !== undefined);
    const names = has.map(([name]) => name).toSorted();
    assert.deepEqual(names, [
      'ELECTRON_NO_ASAR',
      'ELECTRON_RUN_AS_NODE',
      'LD_X',
      'MALLOC_MMAP_THRESHOLD_',
      'PATH',
      'UV_THREADPOOL_SIZE',
    ]);
    assert.ok('NODE_OPTIONS' in env, 'it is taken back where others put the editor’s own below');
  });

  it('holds the key only where there is one', () => {
    assert.equal(childEnv({}, 'k').MINNOW_KEY, 'k');
    assert.equal('MINNOW_KEY' in childEnv({}), false);
  });
});
