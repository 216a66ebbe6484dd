\set batch :batch + 1
\set from :first + (:batch * :clients + :client_id) * :size
\set until :from + :size
select post_sales(:from, :until);
