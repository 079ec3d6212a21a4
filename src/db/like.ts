// Words as a pattern of `like`: what somebody typed stands for itself. Apart, because every search has it.

/** Whatever holds the words, in lower case, for `lower(column) like … escape '\\'`. */
export const likePattern = (text: string): string => exactPattern(text.toLowerCase());

/** Whatever holds the words as they are. */
export const exactPattern = (text: string): string => `%${text.replace(/[\\%_]/g, "\\$&")}%`;
