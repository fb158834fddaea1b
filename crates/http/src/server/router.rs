//! From a method and a path to who answers.
//!
//! A tree per method, so that a path that has its own route for another method does not hide a more general one for this. In
//! each tree a fixed segment goes before a parameter and a parameter before a wildcard, whatever was registered first.

use std::collections::{BTreeSet, HashMap};

use http::Method;
use matchit::{InsertError, Router as Tree};

use super::{
    config::{RouteConfig, RouteKind},
    error::ServerError,
};

/// Where a parameter's value stands in the path: start and end.
pub(super) type Span = (usize, usize);

/// Who answers.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// The route of this number.
    Route { number: u32, kind: RouteKind, spans: Vec<Span> },
    /// The path has routes, for these methods only.
    OtherMethods(String),
    /// Nobody.
    Nobody,
}

/// The method of routes that answer every method.
const ANY: &str = "*";

pub(super) struct Router {
    trees: HashMap<String, Tree<(u32, RouteKind)>>,
}

impl Router {
    pub(super) fn new(routes: &[RouteConfig]) -> Result<Self, ServerError> {
        let mut trees = HashMap::<String, Tree<_>>::new();
        for (number, route) in routes.iter().enumerate() {
            let RouteConfig { method, path, kind } = route;
            if method != ANY && Method::from_bytes(method.as_bytes()).is_err() {
                return Err(ServerError::Config { message: format!("{method:?} is no method") });
            }
            let tree = trees.entry(method.clone()).or_default();
            tree.insert(tree_pattern(path)?, (number as u32, *kind)).map_err(|error| ServerError::Config {
                message: match error {
                    InsertError::Conflict { .. } => format!("{method} {path} is there already, or in other words"),
                    error => format!("{method} {path} is no route: {error}"),
                },
            })?;
        }
        Ok(Self { trees })
    }

    pub(super) fn find(&self, method: &Method, path: &str) -> Found {
        let own = self.at(method.as_str(), path);
        let found = if own.is_none() && method == Method::HEAD { self.at("GET", path) } else { own };
        if let Some(found) = found.or_else(|| self.at(ANY, path)) {
            return found;
        }
        let mut methods: BTreeSet<&str> =
            self.trees.iter().filter(|(_, tree)| tree.at(path).is_ok()).map(|(method, _)| &**method).collect();
        if methods.is_empty() {
            return Found::Nobody;
        }
        if methods.contains("GET") {
            methods.insert("HEAD");
        }
        methods.insert("OPTIONS");
        Found::OtherMethods(methods.into_iter().collect::<Vec<_>>().join(", "))
    }

    fn at(&self, method: &str, path: &str) -> Option<Found> {
        let found = self.trees.get(method)?.at(path).ok()?;
        let (number, kind) = *found.value;
        let start = path.as_ptr() as usize;
        let spans = found.params.iter().map(|(_, value)| {
            let from = value.as_ptr() as usize - start;
            (from, from + value.len())
        });
        Some(Found::Route { number, kind, spans: spans.collect() })
    }
}

/// `/users/:id/*rest` as the tree writes it. Its parameters have their places as names: the host language has the real ones.
fn tree_pattern(path: &str) -> Result<String, ServerError> {
    if !path.starts_with('/') {
        return Err(ServerError::Config { message: format!("the route {path:?} does not begin with /") });
    }
    let mut count = 0;
    let segments = path.split('/').map(|segment| {
        count += 1;
        match segment.as_bytes().first() {
            Some(b':') => format!("{{p{count}}}"),
            Some(b'*') => format!("{{*p{count}}}"),
            _ => segment.replace('{', "{{").replace('}', "}}"),
        }
    });
    Ok(segments.collect::<Vec<_>>().join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn router(routes: &[(&str, &str)]) -> Router {
        let routes: Vec<_> = routes
            .iter()
            .map(|(method, path)| RouteConfig {
                method: (*method).to_owned(),
                path: (*path).to_owned(),
                kind: RouteKind::Handler,
            })
            .collect();
        Router::new(&routes).unwrap()
    }

    fn number(router: &Router, method: &str, path: &str) -> Option<u32> {
        match router.find(&Method::from_bytes(method.as_bytes()).unwrap(), path) {
            Found::Route { number, .. } => Some(number),
            _ => None,
        }
    }

    #[test]
    fn a_fixed_segment_goes_before_a_parameter_and_that_before_a_wildcard_in_any_order() {
        let router = router(&[("GET", "/a/*rest"), ("GET", "/a/:id"), ("GET", "/a/fixed"), ("GET", "/a/:id/b")]);
        assert_eq!(number(&router, "GET", "/a/fixed"), Some(2));
        assert_eq!(number(&router, "GET", "/a/other"), Some(1));
        assert_eq!(number(&router, "GET", "/a/fixed/b"), Some(3));
        assert_eq!(number(&router, "GET", "/a/fixed/c"), Some(0));
        assert_eq!(number(&router, "GET", "/a"), None);
    }

    #[test]
    fn a_path_of_another_method_does_not_hide_a_more_general_one() {
        let router = router(&[("GET", "/users/me"), ("POST", "/users/:id")]);
        assert_eq!(number(&router, "POST", "/users/me"), Some(1));
        assert_eq!(number(&router, "HEAD", "/users/me"), Some(0));
        let allowed = router.find(&Method::DELETE, "/users/me");
        assert_eq!(allowed, Found::OtherMethods("GET, HEAD, OPTIONS, POST".to_owned()));
    }

    #[test]
    fn parameters_are_told_by_their_place_in_the_path() {
        let router = router(&[("GET", "/u/:id/{x}/*rest")]);
        let Found::Route { spans, .. } = router.find(&Method::GET, "/u/42/{x}/a/b") else { panic!() };
        assert_eq!(spans, [(3, 5), (10, 13)]);
    }

    #[test]
    fn the_same_route_twice_is_refused() {
        let twice = ["/a/:id", "/a/:name"].map(|path| RouteConfig {
            method: "GET".to_owned(),
            path: path.to_owned(),
            kind: RouteKind::Handler,
        });
        assert!(matches!(Router::new(&twice), Err(ServerError::Config { .. })));
    }
}
