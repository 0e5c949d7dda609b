// Lets people add roughly where they are; a place from the list is enough without it.
// Three decimals are about 100 m: more is not even sent.
const rough = (degrees) => degrees.toFixed(3);

for (const field of document.querySelectorAll("[data-locate]")) {
  if (!navigator.geolocation) continue;
  const [longitude, latitude] = field.querySelectorAll("input");
  const told = field.querySelector("[role=status]");
  const tell = (key) => { told.textContent = field.dataset[key]; };
  field.hidden = false;
  if (longitude.value) tell("found");
  field.querySelector("button").addEventListener("click", () => {
    tell("waiting");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        longitude.value = rough(coords.longitude);
        latitude.value = rough(coords.latitude);
        tell("found");
      },
      () => tell("failed"),
      { timeout: 10000, maximumAge: 60000 },
    );
  });
}
