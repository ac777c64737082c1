// Stands for Leaflet 1.9: where imagePath is not set, it guesses the folder from the stylesheet.
const L = { Icon: { Default: { imagePath: null } } };
L.markerImage = (background) => {
  if (L.Icon.Default.imagePath === null) {
    const guess = /^url\("(.*)marker-icon\.png"\)$/.exec(background);
    L.Icon.Default.imagePath = guess ? guess[1] : "";
  }
  return L.Icon.Default.imagePath + "marker-icon.png";
};
