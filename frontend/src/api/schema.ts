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
                    Prefer?: string;
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
                    Prefer?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": {
                        features?: ("age" | "annual_income" | "annual_spending" | "city" | "credit_score" | "loan_balance" | "occupation")[];
                        n_clusters?: number | "auto";
                    };
                };
            };
            responses: {
                200: {
                    headers: {
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
                405: components["responses"]["WrongMethod"];
                409: components["responses"]["DataMissing"];
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
                    Prefer?: string;
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
                    Prefer?: string;
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
                    Prefer?: string;
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
                    Prefer?: string;
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
                            [key: string]: components["schemas"]["ClusterProfile"];
                        };
                    };
                };
                400: components["responses"]["Malformed"];
                401: components["responses"]["KeyNeeded"];
                405: components["responses"]["WrongMethod"];
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
                        "application/json": components["schemas"]["ClusterQuality"] | components["schemas"]["Nothing"];
                    };
                };
                400: components["responses"]["Malformed"];
                401: components["responses"]["KeyNeeded"];
                405: components["responses"]["WrongMethod"];
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
                    format?: "csv" | "json";
                };
                header?: {
                    "If-None-Match"?: string;
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
                        "application/json": components["schemas"]["Customer"][];
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
                    format?: "csv" | "json";
                };
                header?: {
                    "If-None-Match"?: string;
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
                            [key: string]: components["schemas"]["Customer"][];
                        };
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
                    format?: "csv" | "json";
                };
                header?: {
                    "If-None-Match"?: string;
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
                    format?: "csv" | "json";
                };
                header?: {
                    "If-None-Match"?: string;
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
                query?: never;
                header?: {
                    Prefer?: string;
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
                query?: never;
                header?: {
                    Prefer?: string;
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
                header?: never;
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
                header?: never;
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
                header?: never;
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
        Assignment: {
            cluster: number;
            distances: {
                [key: string]: number;
            };
            products: components["schemas"]["OfferedProduct"][];
        };
        BrokenFile: {
            error: string;
            problems: components["schemas"]["Problem"][];
        };
        /** @enum {integer} */
        City: 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13 | 14;
        ClusterProfile: {
            features: components["schemas"]["ProfileFeature"][];
            name: string;
            share: number;
            size: number;
        };
        ClusterQuality: {
            calinski_harabasz: number | null;
            davies_bouldin: number | null;
            inertia: number;
            silhouette: number | null;
            sizes: {
                [key: string]: number;
            };
            stability: number;
            sweep: components["schemas"]["SweepStep"][];
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
        CustomerPages: {
            after: number[];
            customers: number;
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
        Health: {
            customers: boolean;
            database: string;
            /** Format: date-time */
            next_clean_up: string | null;
            products: boolean;
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
        Message: {
            message: string;
        };
        Nothing: Record<string, never>;
        /** @enum {integer} */
        Occupation: 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;
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
        Point: {
            customer_id: number;
            x: number;
            y: number;
        };
        Problem: {
            column: string | null;
            line: number;
            message: string;
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
            /** @enum {string} */
            feature: "age" | "annual_income" | "annual_spending" | "credit_score" | "loan_balance" | "share_spent";
            mean: number;
            overall_mean: number;
        };
        SweepStep: {
            inertia: number;
            n_clusters: number;
            silhouette: number | null;
        };
    };
    responses: {
        BrokenFile: {
            headers: {
                "X-Request-ID": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["BrokenFile"];
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
    parameters: never;
    requestBodies: never;
    headers: {
        RequestId: string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
