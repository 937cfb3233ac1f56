/** The little of Plotly that the page uses; the whole library is served beside the page. */
declare const Plotly: {
  react(element: HTMLElement, data: readonly object[], layout: object, config?: object): Promise<unknown>;
};
