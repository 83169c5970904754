// How far down a screen is shown: from its beginning, or as it was left for one that was opened within it.
const main = () => document.getElementById("main");
const shown = () => [...document.querySelectorAll("#main, [data-top]")].map(({ dataset }) => dataset.top ?? dataset.screen).join();
let left = null; // the screen that another one was opened from, and how far it was scrolled

// To be asked before a drawing; what it returns is called behind it.
export const scrolling = () => {
  const [was, before, top] = [shown(), main()?.dataset.screen, main()?.scrollTop];
  return () => {
    if (shown() === was) return;
    const { screen, within } = main().dataset;
    if (within && within === before) left = { screen: before, top };
    else if (![screen, within].includes(left?.screen)) left = null;
    main().scrollTop = screen === left?.screen ? left.top : 0;
  };
};
