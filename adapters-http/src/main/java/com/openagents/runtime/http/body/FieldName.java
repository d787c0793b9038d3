package com.openagents.runtime.http.body;

/// The second spelling of a field's name: `snake_case` for `lowerCamelCase`.
final class FieldName {

  private FieldName() {}

  static String snake(String camel) {
    StringBuilder snake = new StringBuilder(camel.length() + 4);
    for (int i = 0; i < camel.length(); i++) {
      char c = camel.charAt(i);
      if (Character.isUpperCase(c)) {
        snake.append('_').append(Character.toLowerCase(c));
      } else {
        snake.append(c);
      }
    }
    return snake.toString();
  }
}
