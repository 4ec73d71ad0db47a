/* Words of the page whose contrast is less than WCAG 2 has for AA, each with
   its ratio. Colours are opaque, and what stands behind is a plain one. */
(() => {
	const parts = colour => colour.match(/[\d.]+/g).map(Number);
	const light = colour => parts(colour).slice(0, 3).map(n => n / 255)
	    .map(n => n <= 0.04045 ? n / 12.92 : ((n + 0.055) / 1.055) ** 2.4)
	    .reduce((sum, n, i) => sum + n * [0.2126, 0.7152, 0.0722][i], 0);
	const behind = element => {
		const colour = getComputedStyle(element).backgroundColor;

		return parts(colour)[3] === 0 ? behind(element.parentElement) : colour;
	};
	const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	const poor = [];

	while (texts.nextNode()) {
		const text = texts.currentNode, element = text.parentElement;

		if (!text.data.trim() || !element.checkVisibility() ||
		    element.matches('script, style, noscript'))
			continue;
		const tones = [getComputedStyle(element).color, behind(element)]
		    .map(light).sort((a, b) => b - a);
		const ratio = (tones[0] + 0.05) / (tones[1] + 0.05);

		if (ratio < 4.5)
			poor.push(`${text.data.trim()}: ${ratio.toFixed(2)}`);
	}
	return poor;
})()
