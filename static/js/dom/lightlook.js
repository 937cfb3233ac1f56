/** The page's colours as they are by day, whatever is chosen: the style sheet's own tokens, put on one element. */

/** @param {HTMLElement} element whose inside is to look so */
export function lookLight(element) {
  for (const sheet of document.styleSheets) putTokens(sheet.cssRules, element.style);
}

/** Those of the plain root, wherever it stands among imports and layers. @param {CSSRuleList} rules @param {CSSStyleDeclaration} style */
function putTokens(rules, style) {
  for (const rule of rules) {
    if (rule instanceof CSSImportRule && rule.styleSheet) putTokens(rule.styleSheet.cssRules, style);
    if (rule instanceof CSSLayerBlockRule) putTokens(rule.cssRules, style);
    if (!(rule instanceof CSSStyleRule) || rule.selectorText !== ":root") continue;
    for (const name of rule.style) if (name.startsWith("--")) style.setProperty(name, rule.style.getPropertyValue(name));
  }
}
