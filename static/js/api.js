/** Shows the API's description with Swagger's page, which this server brings along. */

const main = /** @type {HTMLElement} */ (document.getElementById("api"));

/** @type {any} */ (globalThis).SwaggerUIBundle({
  domNode: main,
  url: main.dataset.openapi,
  deepLinking: true,
  validatorUrl: null,
});
