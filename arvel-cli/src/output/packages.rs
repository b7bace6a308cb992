//! How packages stand, in words: the sums of `db publish --list`, and the section of `db status`.

use arvel_migrate::publish::PackageState;

use super::{
    Console,
    human::{count, table},
    listing::wrapped,
    theme,
};

/// `2 of 3 published, 1 applied, 1 edited`.
pub fn sums(package: &PackageState) -> String {
    let (published, all) = (package.published(), package.publishable());
    let mut parts = Vec::new();
    if package.is_in_place() {
        parts.push("in place".to_owned());
    }
    match (published, all) {
        (0, 0) => {}
        (0, _) => parts.push("not published".to_owned()),
        (published, all) => parts.push(format!("{published} of {all} published")),
    }
    if published > 0 || package.is_in_place() {
        let known = |number: Option<usize>, word: &str| match number {
            Some(0) => None,
            Some(number) => Some(format!("{number} {word}")),
            None => Some(format!("{word}: unknown")),
        };
        let counted =
            [(package.applied(), "applied"), (package.edited(), "edited"), (package.outdated(), "outdated")];
        parts.extend(counted.into_iter().filter_map(|(number, word)| known(number, word)));
    }
    parts.join(", ")
}

/// The sums of all of them.
pub fn total(packages: &[PackageState]) -> String {
    let sum = |of: fn(&PackageState) -> usize| packages.iter().map(of).sum::<usize>();
    let open = sum(|package| package.unpublished().count());
    let published = sum(PackageState::published);
    let mut line = format!(
        "{}: {published} of {} published",
        count(packages.len(), "package"),
        sum(PackageState::publishable)
    );
    if open > 0 {
        line.push_str(&format!(", {open} to publish"));
    }
    line
}

/// The section of `db status`: a table of what is here, and the names of the rest.
pub fn show(console: &Console, packages: &[PackageState]) {
    if packages.is_empty() {
        return;
    }
    let is_here = |package: &&PackageState| package.published() > 0 || package.is_in_place();
    let (here, absent): (Vec<&PackageState>, Vec<&PackageState>) = packages.iter().partition(is_here);
    console.result("");
    if !here.is_empty() {
        let mut rows =
            vec![["package", "version", "published", "applied", "edited", "outdated"].map(str::to_owned)];
        rows.extend(here.iter().map(|package| cells(package)));
        table(console, &rows, &here.iter().map(|package| style(package)).collect::<Vec<_>>());
    }
    if !absent.is_empty() {
        let names: Vec<&str> = absent.iter().map(|package| package.package.as_str()).collect();
        let line = format!("not published: {}", names.join(", "));
        wrapped(&line, 80).iter().for_each(|line| console.result(theme::paint(theme::DIM, line)));
    }
}

fn cells(package: &PackageState) -> [String; 6] {
    let number = |number: Option<usize>| match number {
        None => "unknown".to_owned(),
        Some(0) => String::new(),
        Some(number) => number.to_string(),
    };
    let published = match (package.is_in_place(), package.published()) {
        (true, 0) => "in place".to_owned(),
        (true, published) => format!("{published}, else in place"),
        (false, published) => format!("{published} of {}", package.publishable()),
    };
    let applied = package.applied().map_or_else(|| "unknown".to_owned(), |number| number.to_string());
    let (name, version) = (package.package.clone(), package.version.clone());
    [name, version, published, applied, number(package.edited()), number(package.outdated())]
}

/// Worth a look is what is half published or outdated.
fn style(package: &PackageState) -> anstyle::Style {
    let outdated = package.outdated().is_some_and(|number| number > 0);
    match outdated || package.unpublished().next().is_some() {
        true => theme::WARN,
        false => theme::GOOD,
    }
}
