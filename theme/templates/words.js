{# The words that reader.js needs, once for an edition and not on each of its articles. #}
newsarchiveWords={{ {
  "panel": [
    words.size, words.size_small, words.size_medium, words.size_large, words.face, words.face_serif, words.face_sans,
    words.flow, words.flow_across, words.flow_down, words.keys, words.keys_on, words.keys_off,
  ],
  "cite": [words.copy, words.copied, words.download],
}|tojson }};
