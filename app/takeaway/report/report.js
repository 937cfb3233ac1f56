
"use strict";
// Draws the figures that the file holds: light or dark as the system is, light and as wide as the sheet on paper.
(() => {
  const figures = JSON.parse(document.getElementById("figures").textContent);
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const [PAPER, TALLEST, AROUND] = [660, 732, 100];
  let [wide, sheet] = [innerWidth, 0];
  const sizeOf = (place) => {
    const { least, shape } = place.dataset;
    const width = sheet || Math.max(place.parentElement.clientWidth, Number(least));
    return shape ? { width, height: Math.min(TALLEST, width * Number(shape) + AROUND) } : { width };
  };
  const draw = () => {
    const theme = dark.matches && !sheet ? "dark" : "light";
    for (const [id, themes] of Object.entries(figures)) {
      const { data, layout } = themes[theme];
      const place = document.getElementById(id);
      Plotly.react(place, data, { ...layout, ...sizeOf(place) }, { displayModeBar: false });
    }
  };
  const print = (width) => {
    sheet = width;
    draw();
  };
  draw();
  dark.addEventListener("change", draw);
  addEventListener("resize", () => {
    if (innerWidth !== wide && !sheet) draw();
    wide = innerWidth;
  });
  addEventListener("beforeprint", () => print(PAPER));
  addEventListener("afterprint", () => print(0));
})();
