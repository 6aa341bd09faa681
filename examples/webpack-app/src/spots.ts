// Five spots, from 0 to 1, each of a colour from 0 to 255.
export const spots = [
  [0.1, 0.2],
  [0.8, 0.1],
  [0.5, 0.5],
  [0.2, 0.9],
  [0.9, 0.8],
]
export const colours = [
  [230, 57, 70],
  [255, 190, 11],
  [241, 250, 238],
  [69, 123, 157],
  [131, 56, 236],
]
