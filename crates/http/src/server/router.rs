//! From a method and a path to who answers.
//!
//! A tree per method, so that a path that has its own route for another method does not hide a more general one for this. In
//! each tree a fixed segment goes before a parameter and a parameter before a wildcard, whatever was registered first.

use std::collections::{BTreeSet, HashMap};

use http::Method;

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
    trees: HashMap<String, Node>,
}

/// What a route leads to.
type Target = (u32, RouteKind);

/// What may follow what has been read of a path, segment by segment.
#[derive(Default)]
struct Node {
    fixed: HashMap<Box<str>, Node>,
    parameter: Option<Box<Node>>,
    wildcard: Option<Target>,
    /// A route that ends here.
    here: Option<Target>,
}

impl Router {
    pub(super) fn new(routes: &[RouteConfig]) -> Result<Self, ServerError> {
        let mut trees = HashMap::<String, Node>::new();
        for (number, route) in routes.iter().enumerate() {
            let RouteConfig { method, path, kind } = route;
            if method != ANY && Method::from_bytes(method.as_bytes()).is_err() {
                return Err(ServerError::Config { message: format!("{method:?} is no method") });
            }
            let Some(segments) = path.strip_prefix('/') else {
                return Err(ServerError::Config { message: format!("the route {path:?} does not begin with /") });
            };
            let place = trees.entry(method.clone()).or_default().place(segments);
            if place.replace((number as u32, *kind)).is_some() {
                let message = format!("{method} {path} is there already, or in other words");
                return Err(ServerError::Config { message });
            }
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
            self.trees.iter().filter(|(_, tree)| tree.leads(path).is_some()).map(|(method, _)| &**method).collect();
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
        let ((number, kind), spans) = self.trees.get(method)?.leads(path)?;
        Some(Found::Route { number, kind, spans })
    }
}

impl Node {
    /// Where a route of these segments ends.
    fn place(&mut self, segments: &str) -> &mut Option<Target> {
        let (segment, rest) = segments.split_once('/').map_or((segments, None), |(first, rest)| (first, Some(rest)));
        let next = match segment.as_bytes().first() {
            Some(b'*') => return &mut self.wildcard,
            Some(b':') => self.parameter.get_or_insert_default(),
            _ => self.fixed.entry(segment.into()).or_default(),
        };
        match rest {
            Some(rest) => next.place(rest),
            None => &mut next.here,
        }
    }

    fn leads(&self, path: &str) -> Option<(Target, Vec<Span>)> {
        let mut spans = Vec::new();
        let target = self.find(path, path.starts_with('/').then_some(1)?, &mut spans)?;
        Some((target, spans))
    }

    /// From the segment that begins at `start`; what does not lead to a route is gone back from.
    fn find(&self, path: &str, start: usize, spans: &mut Vec<Span>) -> Option<Target> {
        let end = path[start..].find('/').map_or(path.len(), |length| start + length);
        let follow = |next: &Self, spans: &mut Vec<Span>| {
            if end == path.len() { next.here } else { next.find(path, end + 1, spans) }
        };
        if let Some(found) = self.fixed.get(&path[start..end]).and_then(|next| follow(next, spans)) {
            return Some(found);
        }
        if let Some(next) = &self.parameter
            && end > start
        {
            spans.push((start, end));
            if let Some(found) = follow(next, spans) {
                return Some(found);
            }
            spans.pop();
        }
        self.wildcard.filter(|_| start < path.len()).inspect(|_| spans.push((start, path.len())))
    }
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
        assert_eq!(number(&router, "GET", "/a/"), None);
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
