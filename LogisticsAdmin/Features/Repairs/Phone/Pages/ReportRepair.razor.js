// The rooms of the chosen building, the visits that are offered there, and tiles that narrow the categories to one area. Without it a button
// asks the server for the rooms.
async function fillRooms(building) {
  const rooms = document.getElementById(building.dataset.rooms);
  if (building.value === (rooms.dataset.of ?? building.querySelector('option[selected]')?.value ?? '')) return;
  rooms.replaceChildren(new Option(building.dataset.choose, ''));
  rooms.dataset.of = building.value;
  if (!building.value) return;
  const floors = new Map();
  for (const room of await (await fetch(`my/rooms/${building.value}`)).json()) {
    if (!floors.has(room.floor)) {
      const group = document.createElement('optgroup');
      group.label = building.dataset.floor.replace('{0}', room.floor);
      floors.set(room.floor, group);
      rooms.append(group);
    }
    floors.get(room.floor).append(new Option(room.name, room.id));
  }
}

function showVisits(building) {
  const visits = document.getElementById(building.dataset.visits);
  for (const option of visits.querySelectorAll('option[data-buildings]')) {
    const other = building.value !== '' && !option.dataset.buildings.split(' ').includes(building.value);
    option.hidden = option.disabled = other;
    if (other && option.selected) visits.value = '';
  }
  for (const day of visits.querySelectorAll('optgroup')) day.hidden = day.querySelector('option:not([hidden])') === null;
}

function showArea(tiles, area) {
  const select = document.getElementById(tiles.dataset.tiles);
  for (const group of select.querySelectorAll('optgroup')) {
    const other = area && group.dataset.area !== area;
    group.hidden = group.disabled = other;
    if (other && group.contains(select.selectedOptions[0])) select.value = '';
  }
}

function setUpTiles(tiles) {
  tiles.hidden = false;
  const chosen = document.getElementById(tiles.dataset.tiles).selectedOptions[0]?.closest('optgroup')?.dataset.area;
  if (!chosen) return;
  tiles.querySelector(`[value="${chosen}"]`).checked = true;
  showArea(tiles, chosen);
}

// Planned outages of the chosen building that explain the chosen fault; before a fault is chosen, all of the building.
function showOutages() {
  const building = document.querySelector('select[data-outages]')?.value;
  const category = document.getElementById('report-CategoryId')?.value;
  for (const outage of document.querySelectorAll('[data-planned] [data-building]'))
    outage.hidden = outage.dataset.building !== building || (category !== '' && !outage.dataset.categories.split(' ').includes(category));
}

function setUp() {
  document.querySelectorAll('[data-tiles]').forEach(setUpTiles);
  document.querySelectorAll('[data-visits]').forEach(showVisits);
  showOutages();
}

document.addEventListener('change', event => {
  const field = event.target;
  if (field.dataset.rooms) fillRooms(field);
  if (field.dataset.visits) showVisits(field);
  const tiles = field.closest('[data-tiles]');
  if (tiles) showArea(tiles, field.value);
  showOutages();
});
document.addEventListener('field-restored', event => {
  if (event.target.dataset.rooms) event.detail.push(fillRooms(event.target));
  if (event.target.dataset.visits) showVisits(event.target);
  const tiles = document.querySelector(`[data-tiles="${event.target.id}"]`);
  if (tiles) setUpTiles(tiles);
  showOutages();
});
globalThis.Blazor?.addEventListener('enhancedload', setUp);
setUp();
