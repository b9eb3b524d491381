// The floor is Chromium 94. Tabler also writes for newer browsers: what those alone understand is
// left out, so that no browser shows a colour that another does not (our tokens give every value).
const YOUNG_VALUE = /light-dark|color-mix|oklch|oklab/;
const YOUNG_SELECTOR = /:has\(/;
const YOUNG_RULE = /^(container|layer|property)$/;

export function floor() {
  return {
    postcssPlugin: "floor",
    OnceExit(root) {
      root.walkAtRules(YOUNG_RULE, (rule) => { rule.remove(); });
      root.walkDecls((declaration) => { if (YOUNG_VALUE.test(declaration.value)) declaration.remove(); });
      root.walkRules((rule) => {
        rule.selectors = rule.selectors.filter((selector) => !YOUNG_SELECTOR.test(selector));
        if (!rule.selector || rule.nodes.length === 0) rule.remove();
      });
      root.walkComments((comment) => { comment.remove(); });
    },
  };
}
