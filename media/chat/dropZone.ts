/** Takes files and folders that are dropped anywhere on the page. */
import { droppedUris, dropTypes } from './composer/dropped';
import { icon, make } from './dom';
import type { Host } from './host';

/** Shows over the page that it would take what is dragged there. */
export function dropZone(host: Host, page: HTMLElement): HTMLElement {
  const zone = make('div', { class: 'drop-zone' }, icon('attach'), make('span', {}, host.words.dropHere));
  zone.hidden = true;
  const over = (event: DragEvent) => {
    if (event.dataTransfer === null || !canTake(event.dataTransfer)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    zone.hidden = false;
  };
  page.addEventListener('dragenter', over);
  page.addEventListener('dragover', over);
  page.addEventListener('dragleave', ({ relatedTarget }) => {
    if (!(relatedTarget instanceof Node && page.contains(relatedTarget))) zone.hidden = true;
  });
  page.addEventListener('drop', (event) => {
    zone.hidden = true;
    const { dataTransfer } = event;
    if (dataTransfer === null || !canTake(dataTransfer)) return;
    event.preventDefault();
    const uris = droppedUris((type) => dataTransfer.getData(type));
    if (uris.length > 0) host.post({ type: 'drop', uris });
  });
  return zone;
}

/** Text that is dragged from a page goes into the input, as everywhere. */
function canTake({ types }: DataTransfer): boolean {
  return dropTypes.some((type) => types.some((each) => each.toLowerCase() === type));
}
