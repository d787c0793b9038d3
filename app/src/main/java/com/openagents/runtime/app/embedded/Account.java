package com.openagents.runtime.app.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// The system account that PostgreSQL runs under, and how a program is started under it.
///
/// PostgreSQL refuses to run as root. A service that runs as root therefore starts it as an
/// unprivileged user, or, where the data directory is closed to such a user, in a user namespace in
/// which root has no powers. The prefix also detaches PostgreSQL from the terminal, so that Ctrl-C
/// reaches the service alone, which then drains before it stops its database; and on Linux it lets
/// the kernel interrupt PostgreSQL as soon as the service dies.
///
/// @param prefix the words before a program's own command line
/// @param user owner of the database cluster's files
record Account(List<String> prefix, UserPrincipal user) {
  /// The user "nobody" and its group, on every Linux.
  private static final String NOBODY = "65534";

  private static final List<String> ENDS_WITH_US = List.of("setpriv", "--pdeathsig", "INT", "--");

  private static final List<String> OWN_SESSION = List.of("setsid");

  private static final List<String> OWN_SESSION_BY_PERL =
      List.of("perl", "-MPOSIX=setsid", "-e", "setsid; exec @ARGV or die $!", "--");

  /// The account for the cluster in `layout`, which need not exist yet.
  ///
  /// @param works whether a program can be started with this prefix
  /// @throws EmbeddedPostgresException when PostgreSQL could not use the directory from any account
  static Account choose(Layout layout, UserPrincipal self, Predicate<List<String>> works)
      throws IOException {
    Optional<UserPrincipal> owner =
        Files.exists(layout.cluster())
            ? Optional.of(Files.getOwner(layout.cluster()))
            : Optional.empty();
    if (!self.equals(Users.root())) {
      return ordinary(layout, self, owner.orElse(self), works);
    }
    if (owner.isPresent()) {
      return (owner.get().equals(self) ? namespaced(self, works) : unprivileged(owner.get(), works))
          .orElseThrow(() -> refusal(layout));
    }
    Optional<Account> chosen =
        Users.othersMayEnter(layout.root())
            ? unprivileged(Users.named(NOBODY), works)
            : Optional.empty();
    return chosen.or(() -> namespaced(self, works)).orElseThrow(() -> refusal(layout));
  }

  private static Account ordinary(
      Layout layout, UserPrincipal self, UserPrincipal owner, Predicate<List<String>> works) {
    if (!owner.equals(self)) {
      throw new EmbeddedPostgresException(
          "The database in %s belongs to the user %s. Start the service as that user, or choose another OA_DATA_DIR."
              .formatted(layout.cluster(), owner.getName()));
    }
    return first(self, works, joined(OWN_SESSION, ENDS_WITH_US), OWN_SESSION, OWN_SESSION_BY_PERL)
        .orElse(new Account(List.of(), self));
  }

  private static Optional<Account> unprivileged(UserPrincipal user, Predicate<List<String>> works) {
    var changed =
        List.of(
            "setpriv",
            "--reuid=" + user.getName(),
            "--regid=" + NOBODY,
            "--clear-groups",
            "--no-new-privs",
            "--pdeathsig",
            "INT",
            "--");
    return first(user, works, joined(OWN_SESSION, changed));
  }

  private static Optional<Account> namespaced(UserPrincipal root, Predicate<List<String>> works) {
    var namespace = joined(OWN_SESSION, List.of("unshare", "--user"));
    return first(root, works, joined(namespace, ENDS_WITH_US), namespace);
  }

  @SafeVarargs
  private static Optional<Account> first(
      UserPrincipal user, Predicate<List<String>> works, List<String>... prefixes) {
    for (List<String> prefix : prefixes) {
      if (works.test(prefix)) {
        return Optional.of(new Account(prefix, user));
      }
    }
    return Optional.empty();
  }

  private static EmbeddedPostgresException refusal(Layout layout) {
    return new EmbeddedPostgresException(
        ("PostgreSQL does not run as root, and from here it can be given neither another user"
             + " (setpriv) nor a user namespace (unshare) that reaches %s. Start the service as an"
             + " ordinary user, choose an OA_DATA_DIR that every user may enter, or set"
             + " DATABASE_URL.")
            .formatted(layout.root()));
  }

  /// The whole command line that runs `program` under this account.
  List<String> command(List<String> program) {
    return joined(prefix, program);
  }

  /// Makes this account the owner of a file.
  void own(Path file) throws IOException {
    Files.setOwner(file, user);
  }

  private static List<String> joined(List<String> first, List<String> second) {
    var all = new ArrayList<>(first);
    all.addAll(second);
    return List.copyOf(all);
  }
}
