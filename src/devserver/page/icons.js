// Icons drawn on a grid of 20 by 20, in the colour of the text beside them.

const paths = {
  search: 'M9 4a5 5 0 1 1 0 10a5 5 0 0 1 0-10zM13 13l4 4',
  menu: 'M3 5.5h14M3 10h14M3 14.5h14',
  back: 'M12 4l-6 6 6 6',
  trash: 'M4 6h12M8 6V4h4v2M6 6l.7 10h6.6L14 6M8.5 9v4.5M11.500 9v4.500',
  mail: 'M3 5h14v10H3zM3 5.500l7 5 7-5',
  open: 'M3 8.500l7-5 7 5V16H3zM3 9l7 4.500L17 9',
  tag: 'M3 4h6.500L17 11.500 11.500 17 3 9.500zM6.500 7.300v.01',
  send: 'M17 3L9 11M17 3l-5 14-3-6-6-3z',
  save: 'M10 3v9M6 8.500l4 4 4-4M4 16h12',
  clip: 'M15 9.500l-5 5a3.200 3.200 0 0 1-4.600-4.600l6-6a2.200 2.200 0 0 1 3.100 3.100l-6 6a1.100 1.100 0 0 1-1.600-1.600l5-5',
  sun: 'M10 6.500a3.500 3.500 0 1 1 0 7a3.500 3.500 0 0 1 0-7zM10 2v1.500M10 16.500V18M2 10h1.500M16.500 10H18M4.300 4.300l1.100 1.100M14.600 14.600l1.100 1.100M4.300 15.700l1.100-1.100M14.600 5.400l1.100-1.100',
  moon: 'M16.500 11.500A6.800 6.800 0 0 1 8.500 3.500a6.800 6.800 0 1 0 8 8z',
  language: 'M10 3a7 7 0 1 1 0 14a7 7 0 0 1 0-14zM3 10h14M10 3c4 4 4 10 0 14c-4-4-4-10 0-14',
  help: 'M10 3a7 7 0 1 1 0 14a7 7 0 0 1 0-14zM8 8a2 2 0 1 1 2.700 1.900c-.5.200-.7.500-.7 1.100v.5M10 13.700v.01',
  bolt: 'M11 2.500L4.500 11.500H10L9 17.500 15.500 8.500H10z',
  check: 'M4 10.500l4 4 8-9',
  close: 'M5 5l10 10M15 5L5 15',
  copy: 'M7 7h9v9H7zM4 13V4h9',
  inbox: 'M3 11l2.500-7h9L17 11v5H3zM3 11h4l1 2h4l1-2h4',
  all: 'M3 6h14v10H3zM5 3.500h10M3 11h4l1 2h4l1-2h4',
  warning: 'M10 3.500l7.500 13h-15zM10 8.500v3.500M10 14.200v.01',
  calendar: 'M3 5h14v12H3zM3 9h14M7 3v3.500M13 3v3.500',
  file: 'M5 3h6l4 4v10H5zM11 3v4h4',
  phone: 'M6.500 2.500h7v15h-7zM9.500 15h1',
  tablet: 'M4.500 2.500h11v15h-11zM9.500 15h1',
  desk: 'M2.500 4h15v9.500h-15zM7 17h6M10 13.500V17',
};

export function icon(name) {
  const space = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(space, 'svg');
  svg.setAttribute('viewBox', '0 0 20 20');
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('class', 'icon');
  const path = document.createElementNS(space, 'path');
  path.setAttribute('d', paths[name]);
  svg.append(path);
  return svg;
}
