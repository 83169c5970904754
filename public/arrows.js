// Arrows move among the buttons of an area: to the nearest that lies ahead, and not to what lies aside.
export const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export const neighbour = (from, [right, down], area, usable) => {
  const start = from.getBoundingClientRect();
  const way = (element) => {
    const there = element.getBoundingClientRect();
    const x = there.left + there.width / 2 - start.left - start.width / 2;
    const y = there.top + there.height / 2 - start.top - start.height / 2;
    const ahead = x * right + y * down;
    return ahead > 4 ? ahead + 4 * Math.abs(x * down + y * right) : Infinity;
  };
  const others = [...area.querySelectorAll("button, a[href], [role=button]")].filter(usable);
  return others.reduce((best, element) => (way(element) < way(best) ? element : best), from);
};
