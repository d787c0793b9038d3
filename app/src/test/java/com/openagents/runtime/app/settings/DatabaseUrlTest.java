package com.openagents.runtime.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      emptyValue = "",
      value = {
        "postgresql://u:p@h:5433/d            | jdbc:postgresql://h:5433/d                  | u  |"
            + " p",
        "postgres://u:p@h/d                   | jdbc:postgresql://h/d                       | u  |"
            + " p",
        "postgresql://h/d                     | jdbc:postgresql://h/d                       | '' |"
            + " ''",
        "postgresql://u@h/d?sslmode=require   | jdbc:postgresql://h/d?sslmode=require       | u  |"
            + " ''",
        "postgresql://a%40b:p%2F%3A%20+@h/d   | jdbc:postgresql://h/d                       | a@b |"
            + " p/: +",
        "postgresql://u:p@[::1]:5432/d        | jdbc:postgresql://[::1]:5432/d              | u  |"
            + " p",
        "postgresql://u:p@h1:1,h2:2/d?target_session_attrs=read-write |"
            + " jdbc:postgresql://h1:1,h2:2/d?targetServerType=primary | u | p",
        "postgresql://h/d?application_name=a%20b&connect_timeout=5 |"
            + " jdbc:postgresql://h/d?ApplicationName=a%20b&connectTimeout=5 | '' | ''",
        "jdbc:postgresql://h:1/d?user=u&password=p%26q&ssl=true | jdbc:postgresql://h:1/d?ssl=true "
            + "   | u  | p&q",
        "jdbc:postgresql://h/d                | jdbc:postgresql://h/d                       | '' |"
            + " ''",
      })
  void every_usual_form_is_read(String text, String jdbcUrl, String user, String password) {
    var url = DatabaseUrl.parse(text);
    assertThat(url.jdbcUrl()).isEqualTo(jdbcUrl);
    assertThat(url.user()).isEqualTo(user);
    assertThat(url.password()).isEqualTo(password);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mysql://u:hunter22@h/d",
        "postgresql://u:hunter22@/d",
        "postgresql:u:hunter22",
        "postgresql://u:hunter22%zz@h/d",
        "host=h password=hunter22",
        "jdbc:postgresql:hunter22",
      })
  void other_forms_are_refused_without_repeating_them(String text) {
    assertThatThrownBy(() -> DatabaseUrl.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("postgresql://user:password@host:port/database")
        .message()
        .doesNotContain("hunter22");
  }

  @Test
  void printing_leaves_the_password_out() {
    assertThat(DatabaseUrl.parse("postgresql://u:hunter22@h/d"))
        .hasToString("jdbc:postgresql://h/d as u");
  }
}
