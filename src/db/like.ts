// Words as a pattern of `like`: what somebody typed stands for itself. Apart, because every search has it.

/** Whatever holds the words, in lower case, for `lower(column) like … escape '\\'`. */
export const likePattern = (text: string): string => `%${text.toLowerCase().replace(/[\\%_]/g, "\\$&")}%`;
