/** The part of List.js that the table of evidence uses. */
declare module 'list.js' {
  interface Item {
    values(): Record<string, string>;
  }
  interface Options {
    listClass?: string;
    valueNames: readonly string[];
    searchClass?: string;
  }
  export default class List {
    constructor(element: HTMLElement, options: Options);
    readonly items: readonly Item[];
    readonly matchingItems: readonly Item[];
    search(text: string): void;
    filter(keep: (item: Item) => boolean): void;
    on(event: 'updated', listener: () => void): void;
  }
}
