/// What the packages of core may use of each other, of libraries and of the JDK.
///
/// The table of packages is data: `architecture/packages.csv` among the test resources.
@NullMarked
package com.openagents.runtime.architecture;

import org.jspecify.annotations.NullMarked;
