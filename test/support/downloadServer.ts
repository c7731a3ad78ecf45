/** Downloads in a process of its own, which a test may kill. Arguments: what is wanted and the options, as JSON. Prints each progress. */
import { download } from '../../src/download/download';
import type { DownloadOptions, Wanted } from '../../src/download/wanted';

const [wanted = '', options = ''] = process.argv.slice(2);
const onProgress = (progress: unknown): void => console.log(JSON.stringify(progress));
// The test knows what it has written there.
download(
  JSON.parse(wanted) as Wanted,
  { ...(JSON.parse(options) as DownloadOptions), onProgress },
  new AbortController().signal,
)
  .then((downloaded) => console.log(JSON.stringify(downloaded)))
  .catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });
