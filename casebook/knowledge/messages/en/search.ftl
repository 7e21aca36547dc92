### The search page.

search-none = Nothing in this book matches “{ $words }”. Try fewer words, or another word for the same thing.
search-found = { $pages ->
    [one] One page matches “{ $words }”.
   *[other] { $pages } pages match “{ $words }”.
 }
search-also = Also searched for: { $words }.
search-more-pages = Show { $count } more
