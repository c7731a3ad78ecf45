import assert from 'node:assert/strict';
import { type Address, parseAddress } from '../../../../src/model/sources/addresses';

const linux = { home: '/home/ada', platform: 'linux' } as const;
const windows = { home: 'C:\\Users\\ada', platform: 'win32' } as const;

/** The address in one line, or the refusal. */
function parse(text: string, here: Parameters<typeof parseAddress>[1] = linux): string {
  const address = parseAddress(text, here);
  return 'refusal' in address ? address.refusal : line(address);
}

function line(address: Address): string {
  switch (address.kind) {
    case 'hub':
      return `hub ${address.owner} ${address.repo} ${address.revision} ${address.path}`;
    case 'hubQuant':
      return `hubQuant ${address.owner} ${address.repo} ${address.revision} ${address.quantization}`;
    case 'url':
      return `url ${address.url}`;
    case 'file':
      return `file ${address.file}`;
  }
}

function expect(cases: readonly (readonly [text: string, expected: string])[], here = parse): void {
  for (const [text, expected] of cases) assert.equal(here(text), expected, text);
}

describe('address', () => {
  it('of a file on the hub is found in all that people paste', () => {
    const file = 'hub Qwen Qwen2.5-Coder-0.5B-GGUF main q4.gguf';
    const repository = 'Qwen/Qwen2.5-Coder-0.5B-GGUF';
    expect([
      [`hf:${repository}/q4.gguf`, file],
      [`  "hf:${repository}/q4.gguf"\n`, file],
      [`<https://huggingface.co/${repository}/blob/main/q4.gguf>`, file],
      [`hf://${repository}/q4.gguf`, file],
      [`hf.co/${repository}/q4.gguf`, file],
      [`huggingface.co/${repository}/resolve/main/q4.gguf`, file],
      [`https://huggingface.co/${repository}/resolve/main/q4.gguf?download=true`, file],
      [`http://www.huggingface.co/${repository}/raw/main/q4.gguf#top`, file],
      [`https://huggingface.co/${repository}?show_file_info=q4.gguf`, file],
      [`https://huggingface.co/${repository}/tree/main?show_file_info=q4.gguf`, file],
      ['hf:a/b@0123abc/sub/x.GGUF', 'hub a b 0123abc sub/x.GGUF'],
      ['https://huggingface.co/a/b/blob/refs%2Fpr%2F1/my%20x.gguf', 'hub a b refs/pr/1 my x.gguf'],
    ]);
  });

  it('of a quantization names the repository and what to look for', () => {
    expect([
      ['hf.co/bartowski/Some_Model-GGUF:Q4_K_M', 'hubQuant bartowski Some_Model-GGUF main Q4_K_M'],
      ['hf:a/b:iq4_xs', 'hubQuant a b main iq4_xs'],
      ['hf:a/b@v1.0:UD-Q4_K_XL', 'hubQuant a b v1.0 UD-Q4_K_XL'],
      ['https://huggingface.co/a/b:Q8_0', 'hubQuant a b main Q8_0'],
      ['hf:a/b:', 'badRepository'],
      ['hf:a/b:Q4/x.gguf', 'badPath'],
      ['hf:a/b:(.*)+', 'badPath'],
    ]);
  });

  it('of any other server is taken over HTTPS', () => {
    expect([
      ['https://example.org/a/x.gguf?token=1#part', 'url https://example.org/a/x.gguf?token=1'],
      ['https://hf-mirror.com/a/b/resolve/main/x.gguf', 'url https://hf-mirror.com/a/b/resolve/main/x.gguf'],
      ['http://127.0.0.1:8080/x.gguf', 'url http://127.0.0.1:8080/x.gguf'],
      ['http://example.org/x.gguf', 'insecure'],
      ['https://ada:secret@example.org/x.gguf', 'credentials'],
      ['https://ada@huggingface.co/a/b/blob/main/x.gguf', 'credentials'],
      ['https://example.org/x.safetensors', 'notGguf'],
      ['https://example.org/', 'noFile'],
      ['https://example.org/x-00001-of-00003.gguf', 'split'],
      ['https://', 'notAnAddress'],
      ['ftp://example.org/x.gguf', 'unknownScheme'],
      ['javascript:alert(1)', 'unknownScheme'],
      ['data:,x.gguf', 'unknownScheme'],
      ['vscode-remote://ssh/x.gguf', 'unknownScheme'],
    ]);
  });

  it('of a file on this machine is absolute', () => {
    expect([
      ['/models/x.gguf', 'file /models/x.gguf'],
      ['/models/../models/a b.gguf', 'file /models/a b.gguf'],
      ["'/models/x.gguf'", 'file /models/x.gguf'],
      ['~/x.gguf', 'file /home/ada/x.gguf'],
      ['file:///models/a%20b.gguf', 'file /models/a b.gguf'],
      ['/blobs/sha256-0123', 'file /blobs/sha256-0123'],
      ['file://server/share/x.gguf', 'badPath'],
      ['file:///a%2Fb.gguf', 'badPath'],
      ['models/x.gguf', 'relativePath'],
      ['x.gguf', 'relativePath'],
      ['~ada/x.gguf', 'relativePath'],
      ['qwen', 'notAnAddress'],
      ['', 'empty'],
      ['""', 'empty'],
      ['/a\0b.gguf', 'notAnAddress'],
      [`/${'a'.repeat(5000)}`, 'notAnAddress'],
    ]);
    expect(
      [
        ['C:\\models\\x.gguf', 'file C:\\models\\x.gguf'],
        ['c:/models/x.gguf', 'file c:\\models\\x.gguf'],
        ['~\\x.gguf', 'file C:\\Users\\ada\\x.gguf'],
        ['file:///C:/models/a%20b.gguf', 'file C:\\models\\a b.gguf'],
        ['\\\\server\\share\\x.gguf', 'file \\\\server\\share\\x.gguf'],
        ['models\\x.gguf', 'relativePath'],
      ],
      (text) => parse(text, windows),
    );
  });

  it('that leads elsewhere is refused', () => {
    expect([
      ['hf:a/b/../../x.gguf', 'badPath'],
      ['hf:a/b/..%2f..%2fx.gguf', 'hub a b main ..%2f..%2fx.gguf'],
      ['https://huggingface.co/a/b/resolve/main/..%2f..%2fx.gguf', 'badPath'],
      ['https://huggingface.co/a/b/resolve/main/a%5Cx.gguf', 'badPath'],
      ['https://huggingface.co/a/b/resolve/main/%zz.gguf', 'badPath'],
      ['https://huggingface.co/a/b/resolve/..%2f..%2fc/x.gguf', 'badRepository'],
      ['hf:a/b//x.gguf', 'badPath'],
      ['hf:../b/x.gguf', 'badRepository'],
      ['hf:a/b@../x.gguf', 'badRepository'],
      ['hf:a b/c/x.gguf', 'badRepository'],
      ['https://huggingface.co/datasets/a/b/x.gguf', 'badRepository'],
      ['hf:a/b', 'noFile'],
      ['https://huggingface.co/a/b', 'noFile'],
      ['https://huggingface.co/a/b/tree/main', 'noFile'],
      ['hf:a/b/x.safetensors', 'notGguf'],
      ['hf:a/b/x-00001-of-00002.gguf', 'split'],
      ['hf:a', 'badRepository'],
    ]);
  });
});
