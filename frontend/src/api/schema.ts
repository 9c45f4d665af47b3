// Made from the document of the service: npm run types.

export interface paths {
    "/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        "X-Request-ID": components["headers"]["RequestId"];
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Message"];
                    };
                };
                400: components["responses"]["Malformed"];
                405: components["responses"]["WrongMethod"];
                429: components["responses"]["TooManyRequests"];
                500: components["responses"]["Unexpected"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/assignCustomer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: {
                    "X-Workspace"?: components["parameters"]["Workspace"];
                    "If-Match"?: components["parameters"]["IfMatch"];
                    Prefer?: components["parameters"]["Prefer"];
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": {
                        age?: number | null;
                        annual_income?: number | string | null;
                        annual_spending?: number | string | null;
                        /** @enum {integer|null} */
                        city?: 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13 | 14 | null;
                        cluster?: number | null;
                        credit_score?: number | null;
                        customer_id?: number | null;
                        first_name?: string | null;
                        last_name?: string | null;
                        loan_balance?: number | string | null;
                        /** @enum {integer|null} */
                        occupation?: 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | null;
                    };
                };
            };
            responses: {
                200: {
                    headers: {
                        "X-Kept-Until": components["headers"]["KeptUntil"];
                        "X-Request-ID": components["headers"]["RequestId"];
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Assignment"];
                    };
                };
                202: {
                    headers: {
                        Location: string;
                        "Preference-Applied": string;
                        "Retry-After": number;
                        "X-Request-ID": components["headers"]["RequestId"];
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Job"];
                    };
                };
                400: components["responses"]["Malformed"];
                401: components["responses"]["KeyNeeded"];
                403: components["responses"]["ForeignPage"];
                405: components["responses"]["WrongMethod"];
                409: components["responses"]["DataMissing"];
                412: components["responses"]["VersionChanged"];
                413: components["responses"]["TooLarge"];
                415: components["responses"]["WrongType"];
                422: components["responses"]["Invalid"];
                429: components["responses"]["TooManyRequests"];
                500: components["responses"]["Unexpected"];
                503: components["responses"]["Unavailable"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/assignCustomers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: {
                    map?: string[];
                    invalid?: "missing";
                    decimal?: "." | ",";
                    format?: "csv" | "json";
                };
                header?: {
                    "X-Workspace"?: components["parameters"]["Workspace"];
                    "If-Match"?: components["parameters"]["IfMatch"];
                    Prefer?: components["parameters"]["Prefer"];
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "multipart/form-data": {
                        /** Format: binary */
                        file: string;
                    };
                    "text/csv": string;
                };
            };
            responses: {
                200: {
                    headers: {
                        "X-Kept-Until": components["headers"]["KeptUntil"];
                        "X-Request-ID": components["headers"]["RequestId"];
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["AssignedCustomer"][];
                        "text/csv": string;
                    };
                };
                202: {
                    headers: {
                        Location: string;
                        "Preference-Applied": string;
                        "Retry-After": number;
                        "X-Request-ID": components["headers"]["RequestId"];
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Job"];
                    };
                };
                400: components["responses"]["Malformed"];
                401: components["responses"]["KeyNeeded"];
                403: components["responses"]["ForeignPage"];
                405: components["responses"]["WrongMethod"];
                409: components["responses"]["DataMissing"];
                412: components["responses"]["VersionChanged"];
                413: components["responses"]["TooLarge"];
                415: components["responses"]["WrongType"];
                422: components["responses"]["BrokenFile"];
                429: components["responses"]["TooManyRequests"];
                500: components["responses"]["Unexpected"];
                503: components["responses"]["Unavailable"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/conductClustering": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: {
                    "X-Workspace"?: components["parameters"]["Workspace"];
                    "If-Match"?: components["parameters"]["IfMatch"];
                    Prefer?: components["parameters"]["Prefer"];
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": {
                        features?: string[];
                        like?: string;
                        min_share?: number;
                        n_clusters?: number | "auto";
                        refit?: boolean;
                    };
                };
            };
            responses: {
                200: {
                    headers: {
                        "X-Kept-Until": components["headers"]["KeptUntil"];
                        "X-Request-ID": components["headers"]["RequestId"];
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Clustering"];
                    };
                };
                202: {
                    headers: {
                        Location: string;
                        "Preference-Applied": string;
                        "Retry-After": number;
                        "X-Request-ID": components["headers"]["RequestId"];
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Job"];
                    };
                };
                400: components["responses"]["Malformed"];
                401: components["responses"]["KeyNeeded"];
                403: components["responses"]["ForeignPage"];
                404: components["responses"]["NotFound"];
                405: components["responses"]["WrongMethod"];
                409: components["responses"]["DataMissing"];
                412: components["responses"]["VersionChanged"];
                413: components["responses"]["TooLarge"];
                415: components["responses"]["WrongType"];
                422: components["responses"]["Invalid"];
                429: components["responses"]["TooManyRequests"];
                500: components["responses"]["Unexpected"];
                503: components["responses"]["Unavailable"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/conductProductMatch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: {
                    "X-Workspace"?: components["parameters"]["Workspace"];
                    "If-Match"?: components["parameters"]["IfMatch"];
                    Prefer?: components["parameters"]["Prefer"];
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": Record<string, never>;
                };
            };
            responses: {
                200: {
                    headers: {
                        "X-Kept-Until": components["headers"]["KeptUntil"];
                        "X-Request-ID": components["headers"]["RequestId"];
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Message"];
                    };
                };
                202: {
                    headers: {
                        Location: string;
                        "Preference-Applied": string;
                        "Retry-After": number;
                        "X-Request-ID": components["headers"]["RequestId"];
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Job"];
                    };
                };
                400: components["responses"]["Malformed"];
                401: components["responses"]["KeyNeeded"];
                403: components["responses"]["ForeignPage"];
                405: components["responses"]["WrongMethod"];
                409: components["responses"]["DataMissing"];
                412: components["responses"]["VersionChanged"];
                413: components["responses"]["TooLarge"];
                415: components["responses"]["WrongType"];
                422: components["responses"]["Invalid"];
                429: components["responses"]["TooManyRequests"];
                500: components["responses"]["Unexpected"];
                503: components["responses"]["Unavailable"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dropSegmentation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: {
                    "X-Workspace"?: components["parameters"]["Workspace"];
                    "If-Match"?: components["parameters"]["IfMatch"];
                    Prefer?: components["parameters"]["Prefer"];
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        name: string;
                    };
                };
            };
            responses: {
                200: {
                    headers: {
                        "X-Kept-Until": components["headers"]["KeptUntil"];
                        "X-Request-ID": components["headers"]["RequestId"];
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DroppedSegmentation"];
                    };
                };
                202: {
                    headers: {
                        Location: string;
                        "Preference-Applied": string;
                        "Retry-After": number;
                        "X-Request-ID": components["headers"]["RequestId"];
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Job"];
                    };
                };
                400: components["responses"]["Malformed"];
                401: components["responses"]["KeyNeeded"];
                403: components["responses"]["ForeignPage"];
                404: components["responses"]["NotFound"];
                405: components["responses"]["WrongMethod"];
                409: components["responses"]["DataMissing"];
                412: components["responses"]["VersionChanged"];
                413: components["responses"]["TooLarge"];
                415: components["responses"]["WrongType"];
                422: components["responses"]["Invalid"];
                429: components["responses"]["TooManyRequests"];
                500: components["responses"]["Unexpected"];
                503: components["responses"]["Unavailable"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/dropTable/{tableName}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: {
                    "X-Workspace"?: components["parameters"]["Workspace"];
                    "If-Match"?: components["parameters"]["IfMatch"];
                    Prefer?: components["parameters"]["Prefer"];
                };
                path: {
                    tableName: "customers" | "products";
                };
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": Record<string, never>;
                };
            };
            responses: {
                200: {
                    headers: {
                        "X-Kept-Until": components["headers"]["KeptUntil"];
                        "X-Request-ID": components["headers"]["RequestId"];
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DroppedTable"];
                    };
                };
                202: {
                    headers: {
                        Location: string;
                        "Preference-Applied": string;
                        "Retry-After": number;
                        "X-Request-ID": components["headers"]["RequestId"];
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Job"];
                    };
                };
                400: components["responses"]["Malformed"];
                401: components["responses"]["KeyNeeded"];
                403: components["responses"]["ForeignPage"];
                404: components["responses"]["NotFound"];
                405: components["responses"]["WrongMethod"];
                409: components["responses"]["DataMissing"];
                412: components["responses"]["VersionChanged"];
                413: components["responses"]["TooLarge"];
                415: components["responses"]["WrongType"];
                422: components["responses"]["Invalid"];
                429: components["responses"]["TooManyRequests"];
                500: components["responses"]["Unexpected"];
                503: components["responses"]["Unavailable"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/generateDataset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: {
                    "X-Workspace"?: components["parameters"]["Workspace"];
                    "If-Match"?: components["parameters"]["IfMatch"];
                    Prefer?: components["parameters"]["Prefer"];
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": {
                        missing?: number;
                        seed?: number;
                        size?: number;
                    };
                };
            };
            responses: {
                200: {
                    headers: {
                        "X-Kept-Until": components["headers"]["KeptUntil"];
                        "X-Request-ID": components["headers"]["RequestId"];
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Message"];
                    };
                };
                202: {
                    headers: {
                        Location: string;
                        "Preference-Applied": string;
                        "Retry-After": number;
                        "X-Request-ID": components["headers"]["RequestId"];
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Job"];
                    };
                };
                400: components["responses"]["Malformed"];
                401: components["responses"]["KeyNeeded"];
                403: components["responses"]["ForeignPage"];
                405: components["responses"]["WrongMethod"];
                409: components["responses"]["DataMissing"];
                412: components["responses"]["VersionChanged"];
                413: components["responses"]["TooLarge"];
                415: components["responses"]["WrongType"];
                422: components["responses"]["Invalid"];
                429: components["responses"]["TooManyRequests"];
                500: components["responses"]["Unexpected"];
                503: components["responses"]["Unavailable"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/generateProductDataset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: {
                    "X-Workspace"?: components["parameters"]["Workspace"];
                    "If-Match"?: components["parameters"]["IfMatch"];
                    Prefer?: components["parameters"]["Prefer"];
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": {
                        seed?: number;
                        size?: number;
                    };
                };
            };
            responses: {
                200: {
                    headers: {
                        "X-Kept-Until": components["headers"]["KeptUntil"];
                        "X-Request-ID": components["headers"]["RequestId"];
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Message"];
                    };
                };
                202: {
                    headers: {
                        Location: string;
                        "Preference-Applied": string;
                        "Retry-After": number;
                        "X-Request-ID": components["headers"]["RequestId"];
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Job"];
                    };
                };
                400: components["responses"]["Malformed"];
                401: components["responses"]["KeyNeeded"];
                403: components["responses"]["ForeignPage"];
                405: components["responses"]["WrongMethod"];
                409: components["responses"]["DataMissing"];
                412: components["responses"]["VersionChanged"];
                413: components["responses"]["TooLarge"];
                415: components["responses"]["WrongType"];
                422: components["responses"]["Invalid"];
                429: components["responses"]["TooManyRequests"];
                500: components["responses"]["Unexpected"];
                503: components["responses"]["Unavailable"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/getClusterProfiles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: {
                    "If-None-Match"?: string;
                    "X-Workspace"?: components["parameters"]["Workspace"];
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        ETag?: string;
                        "X-Request-ID": components["headers"]["RequestId"];
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            [key: string]: components["schemas"]["ClusterProfile"];
                        };
                    };
                };
                304: {
                    headers: {
                        ETag?: string;
                        "X-Request-ID": components["headers"]["RequestId"];
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                400: components["responses"]["Malformed"];
                401: components["responses"]["KeyNeeded"];
                405: components["responses"]["WrongMethod"];
                422: components["responses"]["Invalid"];
                429: components["responses"]["TooManyRequests"];
                500: components["responses"]["Unexpected"];
                503: components["responses"]["Unavailable"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/getClusterQuality": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: {
                    "If-None-Match"?: string;
                    "X-Workspace"?: components["parameters"]["Workspace"];
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        ETag?: string;
                        "X-Request-ID": components["headers"]["RequestId"];
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ClusterQuality"] | components["schemas"]["Nothing"];
                    };
                };
                304: {
                    headers: {
                        ETag?: string;
                        "X-Request-ID": components["headers"]["RequestId"];
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                400: components["responses"]["Malformed"];
                401: components["responses"]["KeyNeeded"];
                405: components["responses"]["WrongMethod"];
                422: components["responses"]["Invalid"];
                429: components["responses"]["TooManyRequests"];
                500: components["responses"]["Unexpected"];
                503: components["responses"]["Unavailable"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/getClustersAmounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: {
                    "If-None-Match"?: string;
                    "X-Workspace"?: components["parameters"]["Workspace"];
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        ETag?: string;
                        "X-Request-ID": components["headers"]["RequestId"];
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            [key: string]: number;
                        };
                    };
                };
                304: {
                    headers: {
                        ETag?: string;
                        "X-Request-ID": components["headers"]["RequestId"];
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                400: components["responses"]["Malformed"];
                401: components["responses"]["KeyNeeded"];
                405: components["responses"]["WrongMethod"];
                422: components["responses"]["Invalid"];
                429: components["responses"]["TooManyRequests"];
                500: components["responses"]["Unexpected"];
                503: components["responses"]["Unavailable"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/getCustomerPages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    size?: number;
                    cluster?: number;
                };
                header?: {
                    "If-None-Match"?: string;
                    "X-Workspace"?: components["parameters"]["Workspace"];
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        ETag?: string;
                        "X-Request-ID": components["headers"]["RequestId"];
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CustomerPages"];
                    };
                };
                304: {
                    headers: {
                        ETag?: string;
                        "X-Request-ID": components["headers"]["RequestId"];
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                400: components["responses"]["Malformed"];
                401: components["responses"]["KeyNeeded"];
                405: components["responses"]["WrongMethod"];
                422: components["responses"]["Invalid"];
                429: components["responses"]["TooManyRequests"];
                500: components["responses"]["Unexpected"];
                503: components["responses"]["Unavailable"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/getCustomers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    after?: number;
                    format?: "csv" | "json" | "xlsx" | "parquet";
                    columns?: "all";
                    labels?: "names";
                    bom?: "true" | "false";
                };
                header?: {
                    "If-None-Match"?: string;
                    "X-Workspace"?: components["parameters"]["Workspace"];
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        "Content-Disposition"?: string;
                        ETag?: string;
                        Link?: string;
                        "X-Request-ID": components["headers"]["RequestId"];
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": (components["schemas"]["Customer"] | components["schemas"]["WholeCustomer"])[];
                        "application/vnd.apache.parquet": unknown;
                        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                        "text/csv": string;
                    };
                };
                304: {
                    headers: {
                        ETag?: string;
                        "X-Request-ID": components["headers"]["RequestId"];
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                400: components["responses"]["Malformed"];
                401: components["responses"]["KeyNeeded"];
                405: components["responses"]["WrongMethod"];
                422: components["responses"]["Invalid"];
                429: components["responses"]["TooManyRequests"];
                500: components["responses"]["Unexpected"];
                503: components["responses"]["Unavailable"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/getCustomersByCluster": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    cluster?: number;
                    limit?: number;
                    after?: number;
                    format?: "csv" | "json" | "xlsx" | "parquet";
                    columns?: "all";
                    labels?: "names";
                    bom?: "true" | "false";
                };
                header?: {
                    "If-None-Match"?: string;
                    "X-Workspace"?: components["parameters"]["Workspace"];
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        "Content-Disposition"?: string;
                        ETag?: string;
                        Link?: string;
                        "X-Request-ID": components["headers"]["RequestId"];
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            [key: string]: (components["schemas"]["Customer"] | components["schemas"]["WholeCustomer"])[];
                        };
                        "application/vnd.apache.parquet": unknown;
                        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                        "text/csv": string;
                    };
                };
                304: {
                    headers: {
                        ETag?: string;
                        "X-Request-ID": components["headers"]["RequestId"];
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                400: components["responses"]["Malformed"];
                401: components["responses"]["KeyNeeded"];
                405: components["responses"]["WrongMethod"];
                422: components["responses"]["Invalid"];
                429: components["responses"]["TooManyRequests"];
                500: components["responses"]["Unexpected"];
                503: components["responses"]["Unavailable"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/getIncomeAndLoanByCluster": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    sample?: number;
                };
                header?: {
                    "If-None-Match"?: string;
                    "X-Workspace"?: components["parameters"]["Workspace"];
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        ETag?: string;
                        "X-Request-ID": components["headers"]["RequestId"];
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            [key: string]: components["schemas"]["IncomeAndLoan"][];
                        };
                    };
                };
                304: {
                    headers: {
                        ETag?: string;
                        "X-Request-ID": components["headers"]["RequestId"];
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                400: components["responses"]["Malformed"];
                401: components["responses"]["KeyNeeded"];
                405: components["responses"]["WrongMethod"];
                422: components["responses"]["Invalid"];
                429: components["responses"]["TooManyRequests"];
                500: components["responses"]["Unexpected"];
                503: components["responses"]["Unavailable"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/getMatchReport": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: {
                    "If-None-Match"?: string;
                    "X-Workspace"?: components["parameters"]["Workspace"];
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        ETag?: string;
                        "X-Request-ID": components["headers"]["RequestId"];
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            [key: string]: components["schemas"]["MatchReport"];
                        };
                    };
                };
                304: {
                    headers: {
                        ETag?: string;
                        "X-Request-ID": components["headers"]["RequestId"];
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                400: components["responses"]["Malformed"];
                401: components["responses"]["KeyNeeded"];
                405: components["responses"]["WrongMethod"];
                422: components["responses"]["Invalid"];
                429: components["responses"]["TooManyRequests"];
                500: components["responses"]["Unexpected"];
                503: components["responses"]["Unavailable"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/getMigration": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query: {
                    from: string;
                };
                header?: {
                    "If-None-Match"?: string;
                    "X-Workspace"?: components["parameters"]["Workspace"];
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        ETag?: string;
                        "X-Request-ID": components["headers"]["RequestId"];
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Migration"];
                    };
                };
                304: {
                    headers: {
                        ETag?: string;
                        "X-Request-ID": components["headers"]["RequestId"];
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                400: components["responses"]["Malformed"];
                401: components["responses"]["KeyNeeded"];
                404: components["responses"]["NotFound"];
                405: components["responses"]["WrongMethod"];
                409: components["responses"]["DataMissing"];
                422: components["responses"]["Invalid"];
                429: components["responses"]["TooManyRequests"];
                500: components["responses"]["Unexpected"];
                503: components["responses"]["Unavailable"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/getOffersByCustomer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    after?: number;
                    format?: "csv" | "json" | "xlsx" | "parquet";
                    bom?: "true" | "false";
                    control?: string;
                    seed?: number;
                };
                header?: {
                    "If-None-Match"?: string;
                    "X-Workspace"?: components["parameters"]["Workspace"];
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        "Content-Disposition"?: string;
                        ETag?: string;
                        Link?: string;
                        "X-Request-ID": components["headers"]["RequestId"];
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CustomerOffers"][];
                        "application/vnd.apache.parquet": unknown;
                        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                        "text/csv": string;
                    };
                };
                304: {
                    headers: {
                        ETag?: string;
                        "X-Request-ID": components["headers"]["RequestId"];
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                400: components["responses"]["Malformed"];
                401: components["responses"]["KeyNeeded"];
                405: components["responses"]["WrongMethod"];
                422: components["responses"]["Invalid"];
                429: components["responses"]["TooManyRequests"];
                500: components["responses"]["Unexpected"];
                503: components["responses"]["Unavailable"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/getPoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    x?: string;
                    y?: string;
                    sample?: number;
                };
                header?: {
                    "If-None-Match"?: string;
                    "X-Workspace"?: components["parameters"]["Workspace"];
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        ETag?: string;
                        "X-Request-ID": components["headers"]["RequestId"];
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            [key: string]: components["schemas"]["Point"][];
                        };
                    };
                };
                304: {
                    headers: {
                        ETag?: string;
                        "X-Request-ID": components["headers"]["RequestId"];
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                400: components["responses"]["Malformed"];
                401: components["responses"]["KeyNeeded"];
                405: components["responses"]["WrongMethod"];
                422: components["responses"]["Invalid"];
                429: components["responses"]["TooManyRequests"];
                500: components["responses"]["Unexpected"];
                503: components["responses"]["Unavailable"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/getProducts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    after?: number;
                    format?: "csv" | "json" | "xlsx" | "parquet";
                    bom?: "true" | "false";
                };
                header?: {
                    "If-None-Match"?: string;
                    "X-Workspace"?: components["parameters"]["Workspace"];
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        "Content-Disposition"?: string;
                        ETag?: string;
                        Link?: string;
                        "X-Request-ID": components["headers"]["RequestId"];
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Product"][];
                        "application/vnd.apache.parquet": unknown;
                        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                        "text/csv": string;
                    };
                };
                304: {
                    headers: {
                        ETag?: string;
                        "X-Request-ID": components["headers"]["RequestId"];
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                400: components["responses"]["Malformed"];
                401: components["responses"]["KeyNeeded"];
                405: components["responses"]["WrongMethod"];
                422: components["responses"]["Invalid"];
                429: components["responses"]["TooManyRequests"];
                500: components["responses"]["Unexpected"];
                503: components["responses"]["Unavailable"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/getProductsByCluster": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: {
                    format?: "csv" | "json" | "xlsx" | "parquet";
                    bom?: "true" | "false";
                };
                header?: {
                    "If-None-Match"?: string;
                    "X-Workspace"?: components["parameters"]["Workspace"];
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        "Content-Disposition"?: string;
                        ETag?: string;
                        "X-Request-ID": components["headers"]["RequestId"];
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            [key: string]: components["schemas"]["OfferedProduct"][];
                        };
                        "application/vnd.apache.parquet": unknown;
                        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                        "text/csv": string;
                    };
                };
                304: {
                    headers: {
                        ETag?: string;
                        "X-Request-ID": components["headers"]["RequestId"];
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                400: components["responses"]["Malformed"];
                401: components["responses"]["KeyNeeded"];
                405: components["responses"]["WrongMethod"];
                422: components["responses"]["Invalid"];
                429: components["responses"]["TooManyRequests"];
                500: components["responses"]["Unexpected"];
                503: components["responses"]["Unavailable"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/getSegmentations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: {
                    "X-Workspace"?: components["parameters"]["Workspace"];
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        "X-Request-ID": components["headers"]["RequestId"];
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ListedSegmentation"][];
                    };
                };
                400: components["responses"]["Malformed"];
                401: components["responses"]["KeyNeeded"];
                405: components["responses"]["WrongMethod"];
                422: components["responses"]["Invalid"];
                429: components["responses"]["TooManyRequests"];
                500: components["responses"]["Unexpected"];
                503: components["responses"]["Unavailable"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        "X-Request-ID": components["headers"]["RequestId"];
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Health"];
                    };
                };
                400: components["responses"]["Malformed"];
                405: components["responses"]["WrongMethod"];
                500: components["responses"]["Unexpected"];
                503: components["responses"]["Unavailable"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/importCustomers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: {
                    map?: string[];
                    invalid?: "missing";
                    decimal?: "." | ",";
                };
                header?: {
                    "X-Workspace"?: components["parameters"]["Workspace"];
                    "If-Match"?: components["parameters"]["IfMatch"];
                    Prefer?: components["parameters"]["Prefer"];
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "multipart/form-data": {
                        /** Format: binary */
                        file: string;
                    };
                    "text/csv": string;
                };
            };
            responses: {
                200: {
                    headers: {
                        "X-Kept-Until": components["headers"]["KeptUntil"];
                        "X-Request-ID": components["headers"]["RequestId"];
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Imported"];
                    };
                };
                202: {
                    headers: {
                        Location: string;
                        "Preference-Applied": string;
                        "Retry-After": number;
                        "X-Request-ID": components["headers"]["RequestId"];
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Job"];
                    };
                };
                400: components["responses"]["Malformed"];
                401: components["responses"]["KeyNeeded"];
                403: components["responses"]["ForeignPage"];
                405: components["responses"]["WrongMethod"];
                409: components["responses"]["DataMissing"];
                412: components["responses"]["VersionChanged"];
                413: components["responses"]["TooLarge"];
                415: components["responses"]["WrongType"];
                422: components["responses"]["BrokenFile"];
                429: components["responses"]["TooManyRequests"];
                500: components["responses"]["Unexpected"];
                503: components["responses"]["Unavailable"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/importProducts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: {
                    map?: string[];
                    invalid?: "missing";
                    decimal?: "." | ",";
                };
                header?: {
                    "X-Workspace"?: components["parameters"]["Workspace"];
                    "If-Match"?: components["parameters"]["IfMatch"];
                    Prefer?: components["parameters"]["Prefer"];
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "multipart/form-data": {
                        /** Format: binary */
                        file: string;
                    };
                    "text/csv": string;
                };
            };
            responses: {
                200: {
                    headers: {
                        "X-Kept-Until": components["headers"]["KeptUntil"];
                        "X-Request-ID": components["headers"]["RequestId"];
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Imported"];
                    };
                };
                202: {
                    headers: {
                        Location: string;
                        "Preference-Applied": string;
                        "Retry-After": number;
                        "X-Request-ID": components["headers"]["RequestId"];
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Job"];
                    };
                };
                400: components["responses"]["Malformed"];
                401: components["responses"]["KeyNeeded"];
                403: components["responses"]["ForeignPage"];
                405: components["responses"]["WrongMethod"];
                409: components["responses"]["DataMissing"];
                412: components["responses"]["VersionChanged"];
                413: components["responses"]["TooLarge"];
                415: components["responses"]["WrongType"];
                422: components["responses"]["BrokenFile"];
                429: components["responses"]["TooManyRequests"];
                500: components["responses"]["Unexpected"];
                503: components["responses"]["Unavailable"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{job_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: {
                    "X-Workspace"?: components["parameters"]["Workspace"];
                };
                path: {
                    job_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        "X-Request-ID": components["headers"]["RequestId"];
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Job"];
                    };
                };
                400: components["responses"]["Malformed"];
                401: components["responses"]["KeyNeeded"];
                404: components["responses"]["NotFound"];
                405: components["responses"]["WrongMethod"];
                422: components["responses"]["Invalid"];
                429: components["responses"]["TooManyRequests"];
                500: components["responses"]["Unexpected"];
                503: components["responses"]["Unavailable"];
            };
        };
        put?: never;
        post?: never;
        delete: {
            parameters: {
                query?: never;
                header?: {
                    "X-Workspace"?: components["parameters"]["Workspace"];
                };
                path: {
                    job_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        "X-Request-ID": components["headers"]["RequestId"];
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Job"];
                    };
                };
                400: components["responses"]["Malformed"];
                401: components["responses"]["KeyNeeded"];
                403: components["responses"]["ForeignPage"];
                404: components["responses"]["NotFound"];
                405: components["responses"]["WrongMethod"];
                409: components["responses"]["DataMissing"];
                412: components["responses"]["VersionChanged"];
                413: components["responses"]["TooLarge"];
                415: components["responses"]["WrongType"];
                422: components["responses"]["Invalid"];
                429: components["responses"]["TooManyRequests"];
                500: components["responses"]["Unexpected"];
                503: components["responses"]["Unavailable"];
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        "X-Request-ID": components["headers"]["RequestId"];
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            info: Record<string, never>;
                            openapi: string;
                            paths: Record<string, never>;
                        };
                    };
                };
                400: components["responses"]["Malformed"];
                405: components["responses"]["WrongMethod"];
                429: components["responses"]["TooManyRequests"];
                500: components["responses"]["Unexpected"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/previewClustering": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: {
                    "X-Workspace"?: components["parameters"]["Workspace"];
                    "If-Match"?: components["parameters"]["IfMatch"];
                    Prefer?: components["parameters"]["Prefer"];
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": {
                        features?: string[];
                        min_share?: number;
                        n_clusters?: number | "auto";
                    };
                };
            };
            responses: {
                200: {
                    headers: {
                        "X-Kept-Until": components["headers"]["KeptUntil"];
                        "X-Request-ID": components["headers"]["RequestId"];
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ClusteringPreview"];
                    };
                };
                202: {
                    headers: {
                        Location: string;
                        "Preference-Applied": string;
                        "Retry-After": number;
                        "X-Request-ID": components["headers"]["RequestId"];
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Job"];
                    };
                };
                400: components["responses"]["Malformed"];
                401: components["responses"]["KeyNeeded"];
                403: components["responses"]["ForeignPage"];
                405: components["responses"]["WrongMethod"];
                409: components["responses"]["DataMissing"];
                412: components["responses"]["VersionChanged"];
                413: components["responses"]["TooLarge"];
                415: components["responses"]["WrongType"];
                422: components["responses"]["Invalid"];
                429: components["responses"]["TooManyRequests"];
                500: components["responses"]["Unexpected"];
                503: components["responses"]["Unavailable"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/previewImport": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: {
                    map?: string[];
                    invalid?: "missing";
                    decimal?: "." | ",";
                };
                header?: {
                    "X-Workspace"?: components["parameters"]["Workspace"];
                    "If-Match"?: components["parameters"]["IfMatch"];
                    Prefer?: components["parameters"]["Prefer"];
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "multipart/form-data": {
                        /** Format: binary */
                        file: string;
                    };
                    "text/csv": string;
                };
            };
            responses: {
                200: {
                    headers: {
                        "X-Kept-Until": components["headers"]["KeptUntil"];
                        "X-Request-ID": components["headers"]["RequestId"];
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Preview"];
                    };
                };
                202: {
                    headers: {
                        Location: string;
                        "Preference-Applied": string;
                        "Retry-After": number;
                        "X-Request-ID": components["headers"]["RequestId"];
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Job"];
                    };
                };
                400: components["responses"]["Malformed"];
                401: components["responses"]["KeyNeeded"];
                403: components["responses"]["ForeignPage"];
                405: components["responses"]["WrongMethod"];
                409: components["responses"]["DataMissing"];
                412: components["responses"]["VersionChanged"];
                413: components["responses"]["TooLarge"];
                415: components["responses"]["WrongType"];
                422: components["responses"]["BrokenFile"];
                429: components["responses"]["TooManyRequests"];
                500: components["responses"]["Unexpected"];
                503: components["responses"]["Unavailable"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/renameCluster": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: {
                    "X-Workspace"?: components["parameters"]["Workspace"];
                    "If-Match"?: components["parameters"]["IfMatch"];
                    Prefer?: components["parameters"]["Prefer"];
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        cluster: number;
                        name: string;
                    };
                };
            };
            responses: {
                200: {
                    headers: {
                        "X-Kept-Until": components["headers"]["KeptUntil"];
                        "X-Request-ID": components["headers"]["RequestId"];
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["RenamedCluster"];
                    };
                };
                202: {
                    headers: {
                        Location: string;
                        "Preference-Applied": string;
                        "Retry-After": number;
                        "X-Request-ID": components["headers"]["RequestId"];
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Job"];
                    };
                };
                400: components["responses"]["Malformed"];
                401: components["responses"]["KeyNeeded"];
                403: components["responses"]["ForeignPage"];
                404: components["responses"]["NotFound"];
                405: components["responses"]["WrongMethod"];
                409: components["responses"]["DataMissing"];
                412: components["responses"]["VersionChanged"];
                413: components["responses"]["TooLarge"];
                415: components["responses"]["WrongType"];
                422: components["responses"]["Invalid"];
                429: components["responses"]["TooManyRequests"];
                500: components["responses"]["Unexpected"];
                503: components["responses"]["Unavailable"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/saveSegmentation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: {
                    "X-Workspace"?: components["parameters"]["Workspace"];
                    "If-Match"?: components["parameters"]["IfMatch"];
                    Prefer?: components["parameters"]["Prefer"];
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        name: string;
                    };
                };
            };
            responses: {
                200: {
                    headers: {
                        "X-Kept-Until": components["headers"]["KeptUntil"];
                        "X-Request-ID": components["headers"]["RequestId"];
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Segmentation"];
                    };
                };
                202: {
                    headers: {
                        Location: string;
                        "Preference-Applied": string;
                        "Retry-After": number;
                        "X-Request-ID": components["headers"]["RequestId"];
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Job"];
                    };
                };
                400: components["responses"]["Malformed"];
                401: components["responses"]["KeyNeeded"];
                403: components["responses"]["ForeignPage"];
                405: components["responses"]["WrongMethod"];
                409: components["responses"]["DataMissing"];
                412: components["responses"]["VersionChanged"];
                413: components["responses"]["TooLarge"];
                415: components["responses"]["WrongType"];
                422: components["responses"]["Invalid"];
                429: components["responses"]["TooManyRequests"];
                500: components["responses"]["Unexpected"];
                503: components["responses"]["Unavailable"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/selectProductById/{product_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
            parameters: {
                query?: never;
                header?: {
                    "X-Workspace"?: components["parameters"]["Workspace"];
                };
                path: {
                    product_id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                200: {
                    headers: {
                        "X-Request-ID": components["headers"]["RequestId"];
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Product"];
                    };
                };
                400: components["responses"]["Malformed"];
                401: components["responses"]["KeyNeeded"];
                404: components["responses"]["NotFound"];
                405: components["responses"]["WrongMethod"];
                422: components["responses"]["Invalid"];
                429: components["responses"]["TooManyRequests"];
                500: components["responses"]["Unexpected"];
                503: components["responses"]["Unavailable"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        AssignedCustomer: {
            certainty: number | null;
            cluster: number | null;
            cluster_name: string | null;
            customer_id?: number | null;
            decided_by: {
                feature: string;
                share: number;
                value: number | string;
            }[];
            offers: components["schemas"]["Offer"][];
            reason: string | null;
            reference?: string | null;
            second_cluster: number | null;
            unlike_everybody: boolean;
        };
        Assignment: {
            closed: {
                [key: string]: string;
            };
            cluster: number;
            distances: {
                [key: string]: number;
            };
            products: components["schemas"]["FittingProduct"][];
            reason: string | null;
        };
        BrokenFile: {
            error: string;
            problems: components["schemas"]["Problem"][];
        };
        /** @enum {integer} */
        City: 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13 | 14;
        ClusterProfile: {
            because: string[];
            categories: {
                [key: string]: components["schemas"]["FrequentValue"][];
            };
            features: components["schemas"]["ProfileFeature"][];
            name: string;
            share: number;
            size: number;
            typical: number[];
        };
        ClusterQuality: {
            border_share: number;
            calinski_harabasz: number | null;
            davies_bouldin: number | null;
            inertia: number;
            silhouette: number | null;
            silhouette_null: number | null;
            sizes: {
                [key: string]: number;
            };
            stability: number;
            stability_by_cluster: {
                [key: string]: number;
            };
            sweep: components["schemas"]["SweepStep"][];
            /** @enum {string} */
            verdict: "natural groups" | "useful slices" | "nothing to find";
            verdict_sentence: string;
        };
        ClusterSummary: {
            age: number | null;
            annual_income: number | null;
            annual_spending: number | null;
            city: components["schemas"]["City"] | null;
            credit_score: number | null;
            loan_balance: number | null;
            occupation: components["schemas"]["Occupation"] | null;
        };
        Clustering: {
            cluster: {
                [key: string]: components["schemas"]["ClusterSummary"];
            };
            features?: string[];
            incomplete?: number;
            reasons?: string[];
            why?: string;
            without_cluster?: number;
        };
        ClusteringPreview: {
            cluster: {
                [key: string]: components["schemas"]["ClusterSummary"];
            };
            features?: string[];
            incomplete?: number;
            profiles: {
                [key: string]: components["schemas"]["ClusterProfile"];
            };
            quality: components["schemas"]["ClusterQuality"];
            reasons?: string[];
            why?: string;
            without_cluster?: number;
        };
        Customer: {
            age: number | null;
            annual_income: string | null;
            annual_spending: string | null;
            city: components["schemas"]["City"] | null;
            cluster: number | null;
            credit_score: number | null;
            customer_id: number;
            first_name: string;
            last_name: string;
            loan_balance: string | null;
            occupation: components["schemas"]["Occupation"] | null;
        };
        CustomerOffers: {
            cluster: number | null;
            control: boolean | null;
            customer_id: number;
            offers: components["schemas"]["Offer"][];
            reason: string | null;
            reference: string | null;
        };
        CustomerPages: {
            after: number[];
            customers: number;
        };
        DroppedSegmentation: {
            name: string;
            status: string;
        };
        DroppedTable: {
            /** @constant */
            status: "success";
            table: string;
        };
        EligibilityCriteria: {
            credit_score_required: number | null;
            max_age: number | null;
            max_income: number | null;
            min_age: number | null;
            min_income: number | null;
        };
        ErrorMessage: {
            error: string;
        };
        FittingProduct: {
            annual_fees: string | null;
            benefits: string | null;
            channels: string[] | null;
            cluster: number[] | null;
            credit_score_required: number | null;
            eligibility_criteria: components["schemas"]["EligibilityCriteria"];
            interest_rate: string | null;
            launch_date: string | null;
            max_age: number | null;
            max_income: string | null;
            min_age: number | null;
            min_income: string | null;
            product_id: number;
            product_name: string;
            product_status: string | null;
            /** @enum {string|null} */
            product_type: "Credit Card" | "Loan" | "Savings Account" | "Investment" | null;
            reasons: string[];
            renewable: boolean | null;
            reward_points: string | null;
            risk_level: string | null;
            score: string;
            term_length: number | null;
        };
        FrequentValue: {
            index: number;
            share: number;
            value: string;
        };
        Health: {
            customers: boolean;
            database: string;
            /** Format: date-time */
            next_clean_up: string | null;
            products: boolean;
        };
        Imported: {
            columns: {
                [key: string]: string;
            };
            /** Format: date-time */
            kept_until: string | null;
            message: string;
            own_columns: string[];
            passed_over: string[];
            warnings: string[];
        };
        IncomeAndLoan: {
            annual_income: string | null;
            customer_id: number;
            loan_balance: string | null;
        };
        Job: {
            answer: components["schemas"]["JobAnswer"] | null;
            /** Format: date-time */
            created: string;
            /** Format: date-time */
            finished: string | null;
            /** Format: uuid */
            job_id: string;
            location: string;
            progress: number;
            request: string;
            seconds_left: number | null;
            stage: string | null;
            /** Format: date-time */
            started: string | null;
            /** @enum {string} */
            state: "queued" | "running" | "succeeded" | "failed" | "cancelled";
        };
        JobAnswer: {
            body: unknown;
            headers: {
                [key: string]: string;
            };
            status: number;
        };
        ListedSegmentation: {
            clusters: {
                cluster: number;
                name: string;
                size: number;
            }[];
            features: string[];
            name: string;
            /** Format: date-time */
            saved_at: string;
        };
        MatchReport: {
            customers: number;
            gates: {
                customers: number;
                /** @enum {string} */
                gate: "status" | "min_age" | "max_age" | "min_income" | "max_income" | "credit_score" | "age_at_end" | "overspending" | "debt" | "affordability" | "risk";
                products: number;
                reason: string;
                source: string;
                unknown: number;
            }[];
            without_offer: number;
        };
        Message: {
            message: string;
        };
        Migration: {
            centre_shifts: {
                [key: string]: number;
            };
            from: string;
            gone: {
                [key: string]: number;
            };
            moved: number;
            moved_customers: components["schemas"]["MovedCustomer"][];
            names: {
                from: string[];
                to: string[];
            };
            new: {
                [key: string]: number;
            };
            share_changes: {
                [key: string]: number;
            };
            sizes: {
                from: number[];
                to: number[];
            };
            table: {
                [key: string]: {
                    [key: string]: number;
                };
            };
            unlike_share: number;
            /** @enum {string} */
            verdict: "keep" | "refit" | "look again";
            verdict_sentence: string;
        };
        MovedCustomer: {
            customer_id: number;
            from: string;
            reference?: string | null;
            to: string;
        };
        Nothing: Record<string, never>;
        /** @enum {integer} */
        Occupation: 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;
        Offer: {
            fit: string;
            product_id: number;
            product_name: string;
            /** @enum {string} */
            product_type: "Credit Card" | "Loan" | "Savings Account" | "Investment";
            reasons: string[];
        };
        OfferedProduct: {
            annual_fees: string | null;
            benefits: string | null;
            channels: string[] | null;
            cluster: number[] | null;
            credit_score_required: number | null;
            eligibility_criteria: components["schemas"]["EligibilityCriteria"];
            eligible_share: string;
            interest_rate: string | null;
            launch_date: string | null;
            max_age: number | null;
            max_income: string | null;
            min_age: number | null;
            min_income: string | null;
            offered_index: number;
            offered_share: string;
            product_id: number;
            product_name: string;
            product_status: string | null;
            /** @enum {string|null} */
            product_type: "Credit Card" | "Loan" | "Savings Account" | "Investment" | null;
            reasons: string[];
            renewable: boolean | null;
            reward_points: string | null;
            risk_level: string | null;
            score: string;
            term_length: number | null;
        };
        Own: {
            [key: string]: number | string | null;
        };
        Point: {
            customer_id: number;
            x: number;
            y: number;
        };
        Preview: {
            columns: {
                [key: string]: string;
            };
            message: string;
            own_columns: string[];
            passed_over: string[];
            rows: components["schemas"]["WholeCustomer"][];
            warnings: string[];
        };
        Problem: {
            column: string | null;
            line: number;
            lines: number[];
            message: string;
            times: number;
            value: string | null;
        };
        Product: {
            annual_fees: string | null;
            benefits: string | null;
            channels: string[] | null;
            cluster: number[] | null;
            credit_score_required: number | null;
            eligibility_criteria: components["schemas"]["EligibilityCriteria"];
            interest_rate: string | null;
            launch_date: string | null;
            max_age: number | null;
            max_income: string | null;
            min_age: number | null;
            min_income: string | null;
            product_id: number;
            product_name: string;
            product_status: string | null;
            /** @enum {string|null} */
            product_type: "Credit Card" | "Loan" | "Savings Account" | "Investment" | null;
            renewable: boolean | null;
            reward_points: string | null;
            risk_level: string | null;
            score: string | null;
            term_length: number | null;
        };
        ProfileFeature: {
            difference: number;
            feature: string;
            mean: number;
            median: number;
            overall_mean: number;
            p10: number;
            p90: number;
            zero_share: number;
        };
        RenamedCluster: {
            cluster: number;
            name: string;
        };
        Segmentation: {
            clusters: {
                cluster: number;
                name: string;
                size: number;
            }[];
            features: string[];
            name: string;
        };
        SweepStep: {
            inertia: number;
            n_clusters: number;
            silhouette: number | null;
            silhouette_null: number | null;
            smallest_share: number;
        };
        WholeCustomer: {
            age: number | null;
            annual_income: string | null;
            annual_spending: string | null;
            city: (components["schemas"]["City"] | null) | string;
            cluster: number | null;
            credit_score: number | null;
            customer_id: number;
            first_name: string;
            last_name: string;
            loan_balance: string | null;
            occupation: (components["schemas"]["Occupation"] | null) | string;
            own?: components["schemas"]["Own"];
            reference?: string | null;
        };
    };
    responses: {
        BrokenFile: {
            headers: {
                "X-Request-ID": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["BrokenFile"] | components["schemas"]["ErrorMessage"];
            };
        };
        DataMissing: {
            headers: {
                "X-Request-ID": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorMessage"];
            };
        };
        ForeignPage: {
            headers: {
                "X-Request-ID": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorMessage"];
            };
        };
        Invalid: {
            headers: {
                "X-Request-ID": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorMessage"];
            };
        };
        KeyNeeded: {
            headers: {
                "WWW-Authenticate": string;
                "X-Request-ID": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorMessage"];
            };
        };
        Malformed: {
            headers: {
                "X-Request-ID": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorMessage"];
            };
        };
        NotFound: {
            headers: {
                "X-Request-ID": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorMessage"];
            };
        };
        TooLarge: {
            headers: {
                "X-Request-ID": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorMessage"];
            };
        };
        TooManyRequests: {
            headers: {
                "Retry-After": number;
                "X-Request-ID": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorMessage"];
            };
        };
        Unavailable: {
            headers: {
                "Retry-After": number;
                "X-Request-ID": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorMessage"];
            };
        };
        Unexpected: {
            headers: {
                "X-Request-ID": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorMessage"];
            };
        };
        VersionChanged: {
            headers: {
                "X-Request-ID": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorMessage"];
            };
        };
        WrongMethod: {
            headers: {
                Allow: string;
                "X-Request-ID": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorMessage"];
            };
        };
        WrongType: {
            headers: {
                "X-Request-ID": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorMessage"];
            };
        };
    };
    parameters: {
        IfMatch: string;
        Prefer: string;
        Workspace: string;
    };
    requestBodies: never;
    headers: {
        KeptUntil: string;
        RequestId: string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
