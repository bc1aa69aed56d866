/** Server-sent events, as far as MCP uses them: only `data` matters. */

const END_OF_EVENT = /\r\n\r\n|\n\n|\r\r/g;

/** Takes the `data` of each complete event out of a stream that grows, each event once. */
export class EventScanner {
  #from = 0;

  /** The data of the events that were completed since the last look at this stream. */
  take(stream: string): readonly string[] {
    const found: string[] = [];
    END_OF_EVENT.lastIndex = this.#from;
    for (let end = END_OF_EVENT.exec(stream); end !== null; end = END_OF_EVENT.exec(stream)) {
      const data = dataOf(stream.slice(this.#from, end.index));
      if (data !== undefined) found.push(data);
      this.#from = END_OF_EVENT.lastIndex;
    }
    return found;
  }
}

function dataOf(event: string): string | undefined {
  const lines = event.split(/\r\n|\n|\r/).filter((line) => line === 'data' || line.startsWith('data:'));
  return lines.length === 0 ? undefined : lines.map((line) => line.slice('data:'.length).replace(/^ /, '')).join('\n');
}
