/** Whether a text that parses would no longer do so. */
import { ChatError } from '../client/chatClient';
import type { EditClient } from '../client/editClient';

/** False where no grammar can tell, or nobody answers. */
export async function wouldBreak(
  client: Pick<EditClient, 'outline'>,
  languageId: string,
  before: string,
  after: string,
): Promise<boolean> {
  const { signal } = new AbortController();
  const parses = async (text: string) => (await client.outline(languageId, text, signal)).parses;
  try {
    return (await parses(before)) === true && (await parses(after)) === false;
  } catch (error) {
    if (error instanceof ChatError) return false;
    throw error;
  }
}
